package io.zinx.sample.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What a user says.
 *
 * @param room where
 * @param text the words
 */
record Say(@NotNull String room, @NotBlank @Size(max = 500) String text) {

}
