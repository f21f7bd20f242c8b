package io.zinx.sample.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A user says who it is.
 *
 * @param user its name
 */
record Login(
		@NotNull @Pattern(regexp = Place.NAME, message = "must be 1 to 20 letters, digits or hyphens") String user) {

}
