package io.zinx.sample.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The request of a user to log in.
 *
 * @param user its name
 */
record Login(
		@NotNull @Pattern(regexp = Place.NAME, message = "must be 1 to 20 letters, digits or hyphens") String user) {

}
