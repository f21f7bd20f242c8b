package io.zinx.lane;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;

/**
 * The factory of lanes.
 */
@FunctionalInterface
public interface LaneFactory {

	/**
	 * Create the lane of a connection and set it there. On its event loop.
	 * @param connection the connection
	 * @param loop its event loop
	 * @param reader its reading side
	 * @return the lane
	 */
	Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader);

}
