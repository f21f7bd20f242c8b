package io.zinx.connection;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.OutboundContext;
import io.zinx.session.DuplicateLogin;

/**
 * The things that all connections of a running server, or client, share.
 *
 * @param name the name of the server, for logs
 * @param owner knows the connections
 * @param outbound how messages are written, and how many may wait
 * @param duplicateLogin what happens when a key is bound that another connection holds
 * @param clocks the times
 * @param metrics where messages are counted
 * @param unsendable throttles the log line of messages that cannot be sent
 * @param lastMessage makes the last message to a client that is thrown out
 */
public record ConnectionContext(String name, ConnectionOwner owner, OutboundContext outbound,
		DuplicateLogin duplicateLogin, Clocks clocks, ServerMetrics metrics, LogThrottle unsendable,
		LastMessage lastMessage) {

	/**
	 * Create a context with a throttle of its own, and no last messages.
	 * @param name the name of the server, for logs
	 * @param owner knows the connections
	 * @param outbound how messages are written, and how many may wait
	 * @param duplicateLogin what happens when a key is bound that another connection
	 * holds
	 * @param clocks the times
	 * @param metrics where messages are counted
	 */
	public ConnectionContext(String name, ConnectionOwner owner, OutboundContext outbound,
			DuplicateLogin duplicateLogin, Clocks clocks, ServerMetrics metrics) {
		this(name, owner, outbound, duplicateLogin, clocks, metrics, new LogThrottle(1, clocks.nanoTime()),
				LastMessage.NONE);
	}

	/**
	 * The same with last messages.
	 * @param lastMessage makes them
	 * @return a new context
	 */
	public ConnectionContext withLastMessage(LastMessage lastMessage) {
		return new ConnectionContext(this.name, this.owner, this.outbound, this.duplicateLogin, this.clocks,
				this.metrics, this.unsendable, lastMessage);
	}

}
