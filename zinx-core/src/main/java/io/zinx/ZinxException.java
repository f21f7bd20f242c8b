package io.zinx;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of the exception types of this framework. Wrong arguments and calls at
 * the wrong time throw {@link IllegalArgumentException} and {@link IllegalStateException}
 * instead.
 */
public class ZinxException extends RuntimeException {

	/**
	 * Create an exception without a cause.
	 * @param message what went wrong and what to do about it
	 */
	public ZinxException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what went wrong and what to do about it
	 * @param cause the cause, or {@code null} for none
	 */
	public ZinxException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
