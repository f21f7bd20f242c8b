package io.zinx.boot.handler;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Reads and writes one {@link PayloadFormat}. Asked at the start, once for each type;
 * what it returns is used by any thread.
 */
public interface PayloadConverter {

	/**
	 * The format.
	 * @return not {@link PayloadFormat#DEFAULT}
	 */
	PayloadFormat format();

	/**
	 * Prepare to read a type.
	 * @param type the type
	 * @return reads it
	 * @throws IllegalArgumentException if it cannot be read, which stops the start
	 */
	Reader reader(ResolvableType type);

	/**
	 * Prepare to write a type.
	 * @param type the type; what is to be written may be of a subtype
	 * @return writes it
	 * @throws IllegalArgumentException if it cannot be written, which stops the start
	 */
	Writer writer(ResolvableType type);

	/**
	 * Reads values of one type.
	 */
	@FunctionalInterface
	interface Reader {

		/**
		 * Read a value.
		 * @param body the body of a message
		 * @return the value, or {@code null} if the body says that there is none
		 * @throws Exception if the body is not of the format
		 */
		@Nullable Object read(byte[] body) throws Exception;

	}

	/**
	 * Writes values of one type.
	 */
	@FunctionalInterface
	interface Writer {

		/**
		 * Write a value.
		 * @param value the value
		 * @return the body of a message
		 * @throws Exception if it cannot be written
		 */
		byte[] write(Object value) throws Exception;

	}

}
