package io.zinx.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Handler of the listening channels: sees each accepted channel before it is registered
 * with its event loop.
 */
final class ListeningHandler extends ChannelInboundHandlerAdapter {

	private final FullServerPolicy fullPolicy;

	ListeningHandler(FullServerPolicy fullPolicy) {
		this.fullPolicy = fullPolicy;
	}

	@Override
	public boolean isSharable() {
		return true;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object accepted) {
		this.fullPolicy.arriving(ctx.channel(), (Channel) accepted);
		ctx.fireChannelRead(accepted);
	}

}
