package io.zinx.cluster;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the backplane of the cluster is away, or does not answer in time. Has no
 * stack trace, because there may be many of them.
 */
public class ClusterUnavailableException extends ZinxException {

	/**
	 * Create an exception.
	 * @param message the reason
	 * @param cause the cause, or {@code null}
	 */
	public ClusterUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
