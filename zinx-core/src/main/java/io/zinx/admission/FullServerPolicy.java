package io.zinx.admission;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.zinx.connection.ChannelConnection;

/**
 * The policy of a full server for channels that find no slot: one for each
 * {@link MaxConnPolicy}, and for each run of a server.
 */
abstract class FullServerPolicy {

	/**
	 * A channel was accepted and is not registered with its event loop yet. On the
	 * acceptor's thread.
	 * @param listening the channel that has accepted it
	 * @param accepted the channel, which may be closed before it arrives there
	 */
	void arriving(Channel listening, Channel accepted) {
	}

	/**
	 * A channel that was arriving was admitted or rejected. On its event loop.
	 * @param accepted the channel
	 */
	void arrived(Channel accepted) {
	}

	/**
	 * True if earlier clients wait for a slot. Any thread.
	 */
	boolean hasWaiting() {
		return false;
	}

	/**
	 * Reject a channel for which no slot is free, or let it wait for one. On its event
	 * loop, while its pipeline is assembled.
	 * @param channel the channel
	 * @param assembly called if it is admitted later
	 */
	abstract void turnAway(Channel channel, Consumer<ChannelConnection> assembly);

	/**
	 * Admit no more clients. Any thread.
	 */
	void stop() {
	}

	/** Policy {@code close}. */
	static final class Close extends FullServerPolicy {

		@Override
		void turnAway(Channel channel, Consumer<ChannelConnection> assembly) {
			channel.close();
		}

	}

}
