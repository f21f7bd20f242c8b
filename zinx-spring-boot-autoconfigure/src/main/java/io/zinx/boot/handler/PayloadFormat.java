package io.zinx.boot.handler;

import java.util.Locale;

/**
 * The format in which a handler method's payload is read from the body of a message and
 * its result written to one, unless they are text or bytes anyway.
 */
public enum PayloadFormat {

	/** As {@code zinx.payload} says. */
	DEFAULT,

	/** JSON, by the application's {@code JsonMapper}. */
	JSON,

	/** Protobuf messages. */
	PROTOBUF,

	/** Text in UTF-8, converted by the application's {@code ConversionService}. */
	STRING,

	/** Bytes as they are: other types stop the start. */
	BYTES;

	/**
	 * The name in settings.
	 * @return lower case
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
