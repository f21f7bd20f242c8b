package io.zinx.sample.chat;

import jakarta.validation.constraints.NotBlank;

/**
 * A text that is pushed to a user.
 *
 * @param text the text
 */
record Push(@NotBlank String text) {

}
