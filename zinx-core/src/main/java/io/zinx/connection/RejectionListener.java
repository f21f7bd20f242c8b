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
	 * @param reason the reason, whose {@link RejectReason#tag()} is that of the counter
	 */
	void rejected(@Nullable SocketAddress remoteAddress, RejectReason reason);

}
