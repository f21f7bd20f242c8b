package io.zinx.connection;

import java.util.function.Consumer;

import io.netty.channel.Channel;

/**
 * What becomes of channels for which there is no slot: one for each
 * {@link MaxConnPolicy}, and for each run of a server.
 */
abstract class NoRoom {

	/**
	 * A channel was accepted and has not come to its event loop yet. On the acceptor's
	 * thread.
	 * @param listening the channel that has accepted it
	 */
	void arriving(Channel listening) {
	}

	/**
	 * A channel that was arriving was admitted or turned to. On its event loop.
	 */
	void arrived() {
	}

	/**
	 * Whether others came before and have no slot yet. Any thread.
	 */
	boolean hasWaiting() {
		return false;
	}

	/**
	 * Turn to a channel that has no slot. On its event loop, while its pipeline is
	 * assembled.
	 * @param channel the channel
	 * @param assembly what to do should it be admitted later
	 */
	abstract void turnTo(Channel channel, Consumer<ChannelConnection> assembly);

	/**
	 * Admit nobody from now on. Any thread.
	 */
	void stop() {
	}

	/** Policy {@code close}. */
	static final class Closed extends NoRoom {

		@Override
		void turnTo(Channel channel, Consumer<ChannelConnection> assembly) {
			channel.close();
		}

	}

}
