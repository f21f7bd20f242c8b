package io.zinx.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Hears of each channel in the moment it is accepted, before it goes to its event loop.
 */
final class ListeningHandler extends ChannelInboundHandlerAdapter {

	private final NoRoom noRoom;

	ListeningHandler(NoRoom noRoom) {
		this.noRoom = noRoom;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object accepted) {
		this.noRoom.arriving(ctx.channel());
		ctx.fireChannelRead(accepted);
	}

}
