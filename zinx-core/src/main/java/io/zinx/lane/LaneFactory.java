package io.zinx.lane;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;

/**
 * Makes the lane of a connection.
 */
@FunctionalInterface
public interface LaneFactory {

	/**
	 * Make the lane of a connection, which knows it from then on. On its event loop.
	 * @param connection the connection
	 * @param loop its event loop
	 * @param reader its reading side
	 * @return the lane
	 */
	Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader);

}
