package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Adds up what a channel was given and its socket has not taken. Netty's own sum counts a
 * buffer as waiting until its last byte has left, and counts its records of buffers, too.
 */
final class Unwritten implements ChannelOutboundBuffer.MessageProcessor {

	private long bytes;

	/**
	 * Add up. Event loop only.
	 * @param channel the channel
	 * @return bytes
	 */
	static long bytes(Channel channel) {
		ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
		if (buffer == null) {
			return 0;
		}
		Unwritten unwritten = new Unwritten();
		try {
			buffer.forEachFlushedMessage(unwritten);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot tell what is not yet written", ex);
		}
		return unwritten.bytes;
	}

	@Override
	public boolean processMessage(Object message) {
		if (message instanceof ByteBuf buffer) {
			this.bytes += buffer.readableBytes();
		}
		return true;
	}

}
