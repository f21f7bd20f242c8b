package io.zinx.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.message.Message;

/**
 * A channel whose socket takes as many bytes as a test says, and keeps what it has taken.
 * It is not writable from the first byte that waits until the last one is taken.
 */
final class SlowSocket extends EmbeddedChannel {

	private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

	private long room = Long.MAX_VALUE;

	SlowSocket(ChannelHandler... handlers) {
		super(handlers);
		config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 1));
	}

	/**
	 * Take so many bytes from now on, and what waits of them at once.
	 */
	void takes(long bytes) {
		this.room = bytes;
		flush();
	}

	/**
	 * Everything it has taken.
	 */
	byte[] taken() {
		return this.taken.toByteArray();
	}

	/**
	 * Everything it has taken, which must be whole TLV frames.
	 */
	List<Message> messages() {
		List<Message> messages = new ArrayList<>();
		ByteBuf in = Unpooled.wrappedBuffer(taken());
		while (in.isReadable()) {
			long msgId = in.readUnsignedInt();
			byte[] body = new byte[in.readInt()];
			in.readBytes(body);
			messages.add(new Message(msgId, body));
		}
		return messages;
	}

	/**
	 * Close as a socket does, which makes an error of what still waits.
	 */
	void end() {
		close();
		releaseOutbound();
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer in) throws IOException {
		while (this.room > 0 && in.current() instanceof ByteBuf buffer) {
			int length = (int) Math.min(this.room, buffer.readableBytes());
			buffer.getBytes(buffer.readerIndex(), this.taken, length);
			this.room -= length;
			in.removeBytes(length);
		}
	}

}
