package io.zinx.admission;

import io.netty.channel.Channel;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.RejectReason;
import io.zinx.connection.WebSocketCodes;
import io.zinx.link.Link;

/**
 * The rejection of clients that get no connection.
 */
final class Rejections {

	private Rejections() {
	}

	/**
	 * Count a client as rejected. Its channel is to be closed next. On its event loop.
	 */
	static void reject(ConnectionRegistry registry, Channel channel, RejectReason reason) {
		Link link = Link.of(channel);
		link.rejected(WebSocketCodes.of(reason));
		registry.rejected(link.remoteAddress(channel), reason);
	}

}
