package io.zinx.connection;

import io.netty.channel.Channel;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.LoopOutbox;

/**
 * The factory of the connections of one server run, or client. Any thread, except where
 * an event loop is named.
 */
public final class ConnectionFactory {

	private final ConnectionContext context;

	private final LoopLocal<LoopShare> shares;

	/**
	 * Create a factory.
	 * @param context the objects that its connections share
	 * @param outboxes the outbox of each event loop
	 */
	public ConnectionFactory(ConnectionContext context, LoopLocal<LoopOutbox> outboxes) {
		this.context = context;
		this.shares = new LoopLocal<>(
				(loop) -> new LoopShare(outboxes.of(loop), context.metrics().newTrafficCounter()));
	}

	/**
	 * The objects that its connections share.
	 * @return the context
	 */
	public ConnectionContext context() {
		return this.context;
	}

	/**
	 * Create the connection of a channel. On its event loop.
	 * @param connId the connection's number
	 * @param channel the channel
	 * @return a connection that is not registered yet
	 */
	public ChannelConnection newConnection(long connId, Channel channel) {
		LoopShare share = this.shares.of(channel.eventLoop());
		return new ChannelConnection(connId, channel, this.context, share.outbox(), share.traffic());
	}

	/**
	 * All event loops have ended: keep the sums of their counters.
	 */
	public void loopsEnded() {
		this.shares.forEach((share) -> this.context.metrics().retire(share.traffic()));
	}

	/**
	 * The outbox and counters that the connections of one event loop share.
	 */
	private record LoopShare(LoopOutbox outbox, TrafficCounter traffic) {
	}

}
