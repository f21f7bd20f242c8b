package io.zinx.cluster.redis;

import io.lettuce.core.protocol.DecodeBufferPolicies;
import io.lettuce.core.protocol.DecodeBufferPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.FastThreadLocal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bound for the part of a message that the driver keeps until the rest arrives: a
 * connection on which more arrives is closed. Redis itself lets a message have half a
 * gigabyte. Any event loop.
 */
final class MessageLimit implements DecodeBufferPolicy {

	/** The bytes that Redis, by default, keeps for one subscriber. */
	static final int LONGEST = 32 << 20;

	private static final Logger logger = LoggerFactory.getLogger(MessageLimit.class);

	private static final int USAGE_RATIO = 3;

	private final DecodeBufferPolicy usual = DecodeBufferPolicies.ratio(USAGE_RATIO);

	/** Set if the read that this thread is at has found too much. */
	private final FastThreadLocal<Boolean> exceeded = new FastThreadLocal<>();

	@Override
	public void afterPartialDecode(ByteBuf buffer) {
		this.usual.afterPartialDecode(buffer);
		if (buffer.readableBytes() > LONGEST) {
			this.exceeded.set(true);
		}
	}

	@Override
	public void afterCommandDecoded(ByteBuf buffer) {
		this.usual.afterCommandDecoded(buffer);
	}

	@Override
	public void afterDecoding(ByteBuf buffer) {
		this.usual.afterDecoding(buffer);
	}

	/**
	 * Make the handler that closes a channel on which more has arrived. It must be before
	 * the decoder.
	 */
	ChannelHandler handler() {
		return new Closer();
	}

	/**
	 * Closes its channel after a read that has found too much.
	 */
	private final class Closer extends ChannelInboundHandlerAdapter {

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			context.fireChannelRead(message);
			if (MessageLimit.this.exceeded.isSet()) {
				MessageLimit.this.exceeded.remove();
				logger.warn("A message of Redis has more than {} bytes: the connection is closed", LONGEST);
				context.close();
			}
		}

	}

}
