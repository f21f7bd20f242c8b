package io.zinx.connection;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.OutboundContext;
import io.zinx.session.DuplicateLogin;

/**
 * The objects that all connections of one server run, or client, share.
 *
 * @param name the name of the server, for logs
 * @param owner the registry of the connections
 * @param outbound the codec, the queue bounds and the budget of outbound messages
 * @param duplicateLogin the policy for a key that is bound while another connection holds
 * it
 * @param clocks the clocks
 * @param metrics the counters
 * @param unsendable throttles the log line of messages that cannot be sent
 * @param lastMessage makes the last message to a client that is kicked or replaced
 */
public record ConnectionContext(String name, ConnectionOwner owner, OutboundContext outbound,
		DuplicateLogin duplicateLogin, Clocks clocks, ServerMetrics metrics, LogThrottle unsendable,
		LastMessage lastMessage) {

	/**
	 * Create a context with a throttle of its own, and no last messages.
	 * @param name the name of the server, for logs
	 * @param owner the registry of the connections
	 * @param outbound the codec, the queue bounds and the budget of outbound messages
	 * @param duplicateLogin the policy for a key that is bound while another connection
	 * holds it
	 * @param clocks the clocks
	 * @param metrics the counters
	 */
	public ConnectionContext(String name, ConnectionOwner owner, OutboundContext outbound,
			DuplicateLogin duplicateLogin, Clocks clocks, ServerMetrics metrics) {
		this(name, owner, outbound, duplicateLogin, clocks, metrics, new LogThrottle(1, clocks.nanoTime()),
				LastMessage.NONE);
	}

	/**
	 * Return this context with last messages.
	 * @param lastMessage makes them
	 * @return a new context
	 */
	public ConnectionContext withLastMessage(LastMessage lastMessage) {
		return new ConnectionContext(this.name, this.owner, this.outbound, this.duplicateLogin, this.clocks,
				this.metrics, this.unsendable, lastMessage);
	}

}
