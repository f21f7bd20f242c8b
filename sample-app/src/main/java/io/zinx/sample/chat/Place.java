package io.zinx.sample.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The request to join or to leave a room.
 *
 * @param room its name
 */
record Place(
		@NotNull @Pattern(regexp = Place.NAME, message = "must be 1 to 20 letters, digits or hyphens") String room) {

	static final String NAME = "[\\p{L}\\d-]{1,20}";

}
