package io.zinx.boot.handler;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Reads and writes payloads in one {@link PayloadFormat}. Called at startup, once for
 * each type; the readers and writers that it returns are used by any thread.
 */
public interface PayloadConverter {

	/**
	 * The format.
	 * @return not {@link PayloadFormat#DEFAULT}
	 */
	PayloadFormat format();

	/**
	 * Create a reader of a type.
	 * @param type the type
	 * @return the reader
	 * @throws IllegalArgumentException if it cannot be read, which prevents startup
	 */
	Reader reader(ResolvableType type);

	/**
	 * Create a writer of a type.
	 * @param type the type; values may be of a subtype
	 * @return the writer
	 * @throws IllegalArgumentException if it cannot be written, which prevents startup
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
