package io.zinx.cluster.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.pubsub.PubSubCommandHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.zinx.diagnostics.Clocks;

/**
 * Adds the handlers of this module to the driver's channels, before its decoder.
 */
final class DriverPipeline implements NettyCustomizer {

	private final MessageLimit limit;

	DriverPipeline(MessageLimit limit) {
		this.limit = limit;
	}

	@Override
	public void afterChannelInitialized(Channel channel) {
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext decoder = pipeline.context(CommandHandler.class);
		if (decoder == null) {
			return;
		}
		pipeline.addBefore(decoder.name(), "messageLimit", this.limit.handler());
		if (decoder.handler() instanceof PubSubCommandHandler) {
			pipeline.addBefore(decoder.name(), "readPacing", new ReadPacing(Clocks.SYSTEM.nanoTime()));
		}
	}

}
