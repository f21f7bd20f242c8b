package io.zinx;

import org.jspecify.annotations.Nullable;

/**
 * Root of every exception this framework throws on purpose.
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
	 * @param cause why, or {@code null} when nothing lower failed
	 */
	public ZinxException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
