package io.zinx.connection;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Listener for clients that were rejected before they became connections. Called on an
 * event loop, so it must not block; there may be very many rejections. An exception is
 * logged and has no effect.
 */
@FunctionalInterface
public interface RejectionListener {

	/**
	 * A client was rejected.
	 * @param remoteAddress its address, or {@code null} if it has already disconnected
	 * @param reason why, one of few words: {@link RejectReason#MAX_CONN} or
	 * {@link RejectReason#SERVER_STOPPING}
	 */
	void rejected(@Nullable SocketAddress remoteAddress, String reason);

}
