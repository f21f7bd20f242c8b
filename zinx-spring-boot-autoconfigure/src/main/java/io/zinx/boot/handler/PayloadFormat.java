package io.zinx.boot.handler;

import java.util.Locale;

/**
 * The format in which a handler method's payload is read from the body of a message and
 * its result is written to one, unless these are text or bytes.
 */
public enum PayloadFormat {

	/** The format that {@code zinx.payload} sets. */
	DEFAULT,

	/** JSON, by the application's {@code JsonMapper}. */
	JSON,

	/** Protobuf messages. */
	PROTOBUF,

	/**
	 * Text: dates and times in ISO 8601, anything else converted by the application's
	 * {@code ConversionService}.
	 */
	STRING,

	/** Bytes without conversion: other types prevent startup. */
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
