package io.zinx;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of all exceptions that this framework throws deliberately.
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
