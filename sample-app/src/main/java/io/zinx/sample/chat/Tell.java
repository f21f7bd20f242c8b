package io.zinx.sample.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The request to tell one user something.
 *
 * @param to the name of the user
 * @param text the text
 */
record Tell(@NotNull String to, @NotBlank @Size(max = 500) String text) {

}
