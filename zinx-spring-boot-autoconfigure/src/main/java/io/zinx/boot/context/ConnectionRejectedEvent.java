package io.zinx.boot.context;

import java.net.SocketAddress;

import io.zinx.connection.RejectReason;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a client was rejected, on a thread of its own for these events, so a
 * listener that blocks delays only other events of this kind. At most 1024 wait; what is
 * beyond is not published, but counted by the meter {@code zinx.connections.rejected}
 * like the others.
 */
public final class ConnectionRejectedEvent extends ApplicationEvent {

	private final transient @Nullable SocketAddress remoteAddress;

	private final RejectReason reason;

	/**
	 * Make an event.
	 * @param source what publishes it
	 * @param remoteAddress the client's address, or {@code null} if it had gone already
	 * @param reason the reason
	 */
	public ConnectionRejectedEvent(Object source, @Nullable SocketAddress remoteAddress, RejectReason reason) {
		super(source);
		this.remoteAddress = remoteAddress;
		this.reason = reason;
	}

	/**
	 * The client.
	 * @return its address, or {@code null} if it had gone already
	 */
	public @Nullable SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * The reason for which it was turned away.
	 * @return the reason, whose {@link RejectReason#tag()} is the tag {@code reason} of
	 * the meter {@code zinx.connections.rejected}
	 */
	public RejectReason reason() {
		return this.reason;
	}

}
