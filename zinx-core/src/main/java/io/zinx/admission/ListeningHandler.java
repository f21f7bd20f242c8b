package io.zinx.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Hears of each channel in the moment it is accepted, before it goes to its event loop.
 */
final class ListeningHandler extends ChannelInboundHandlerAdapter {

	private final FullServerPolicy fullPolicy;

	ListeningHandler(FullServerPolicy fullPolicy) {
		this.fullPolicy = fullPolicy;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object accepted) {
		this.fullPolicy.arriving(ctx.channel(), (Channel) accepted);
		ctx.fireChannelRead(accepted);
	}

}
