package io.zinx.connection;

import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Hears of clients that were turned away before they became connections. Called on an
 * event loop, so it must not block; there may be very many of them. What it throws is
 * logged and has no effect.
 */
@FunctionalInterface
public interface RejectionListener {

	/**
	 * A client was turned away.
	 * @param remoteAddress its address, or {@code null} if it has gone already
	 * @param reason why, one of few words: {@link RejectReason#MAX_CONN} or
	 * {@link RejectReason#SERVER_STOPPING}
	 */
	void rejected(@Nullable SocketAddress remoteAddress, String reason);

}
