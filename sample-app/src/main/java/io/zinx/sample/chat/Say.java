package io.zinx.sample.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The request to say something in a room.
 *
 * @param room the name of the room
 * @param text the text
 */
record Say(@NotNull String room, @NotBlank @Size(max = 500) String text) {

}
