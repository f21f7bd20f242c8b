package io.zinx.cluster.redis;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a command was written and its answer did not arrive: Redis may have done it
 * or not. Has no stack trace, because there may be many of them.
 */
final class NoAnswerException extends ZinxException {

	NoAnswerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
