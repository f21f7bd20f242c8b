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
	 * A channel was accepted and has not come to its event loop yet. On the acceptor's
	 * thread.
	 * @param listening the channel that has accepted it
	 * @param accepted the channel, which may be closed without ever arriving
	 */
	void arriving(Channel listening, Channel accepted) {
	}

	/**
	 * A channel that was arriving was admitted or turned away. On its event loop.
	 * @param accepted the channel
	 */
	void arrived(Channel accepted) {
	}

	/**
	 * Whether others came before and have no slot yet. Any thread.
	 */
	boolean hasWaiting() {
		return false;
	}

	/**
	 * Turn away a channel that has no slot, or let it wait for one. On its event loop,
	 * while its pipeline is assembled.
	 * @param channel the channel
	 * @param assembly called should it be admitted later
	 */
	abstract void turnAway(Channel channel, Consumer<ChannelConnection> assembly);

	/**
	 * Admit nobody from now on. Any thread.
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
