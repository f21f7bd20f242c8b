package io.zinx.cluster.redis;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when Redis cannot be used as it is configured: wrong credentials, missing
 * permissions, or a Redis of another kind. The message says what to do.
 */
public class RedisBackplaneException extends ZinxException {

	/**
	 * Create an exception.
	 * @param message what went wrong and what to do about it
	 * @param cause the cause, or {@code null} for none
	 */
	public RedisBackplaneException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
