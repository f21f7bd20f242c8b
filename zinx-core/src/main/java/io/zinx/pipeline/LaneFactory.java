package io.zinx.pipeline;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.dispatch.Lane;
import io.zinx.dispatch.Reader;

/**
 * Makes the lane of a connection.
 */
@FunctionalInterface
interface LaneFactory {

	Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader);

}
