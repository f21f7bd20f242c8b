package io.zinx.sample.chat;

import jakarta.validation.constraints.NotBlank;

/**
 * What is pushed to a user.
 *
 * @param text the words
 */
record Push(@NotBlank String text) {

}
