package io.zinx.boot.test.client;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.FrameException;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the frames of one client, in the server's wire format. One thread at a
 * time reads.
 */
final class Framing {

	private static final int LONGEST_BODY = 1 << 30;

	private static final int SHOWN = 64;

	private final FrameCodec codec;

	private final FrameDecoder decoder;

	private final Frame frame = new Frame();

	Framing(FrameCodec codec) {
		this.codec = codec;
		this.decoder = codec.newDecoder(LONGEST_BODY);
	}

	byte[] encode(long msgId, byte[] body) {
		Message.requireMsgId(msgId);
		if (msgId > this.codec.maxMsgId() || body.length < this.codec.minBodyLength()
				|| body.length > this.codec.maxBodyLength()) {
			throw new IllegalArgumentException("Codec " + this.codec.name() + " has no frame for message " + msgId
					+ " with a body of " + body.length + " bytes (expected: message 0 to " + this.codec.maxMsgId()
					+ ", " + this.codec.minBodyLength() + " to " + this.codec.maxBodyLength() + " bytes)");
		}
		ByteBuf out = Unpooled.buffer(this.codec.headLength() + body.length + this.codec.tailLength());
		this.codec.writeHead(msgId, body.length, out);
		out.writeBytes(body);
		this.codec.writeTail(out, 0);
		return Arrays.copyOf(out.array(), out.readableBytes());
	}

	/**
	 * Read the next message and remove its bytes.
	 * @param in the received bytes
	 * @return the message, or {@code null} if it is not there yet
	 * @throws AssertionError if the bytes are not a frame
	 */
	@Nullable Message decode(ByteBuf in) {
		if (!in.isReadable()) {
			return null;
		}
		try {
			if (this.decoder.decode(in, this.frame) != FrameDecoder.COMPLETE) {
				return null;
			}
		}
		catch (FrameException ex) {
			throw new AssertionError("The server sent bytes that are not a frame of codec " + this.codec.name() + ": "
					+ ex.getMessage() + ", in " + describe(in), ex);
		}
		byte[] body = new byte[this.frame.bodyLength()];
		in.getBytes(this.frame.bodyIndex(), body);
		return new Message(this.frame.msgId(), body);
	}

	/**
	 * Describe received bytes that are not a whole message, for error messages.
	 */
	static String describe(ByteBuf in) {
		int shown = Math.min(SHOWN, in.readableBytes());
		return in.readableBytes() + " bytes " + ByteBufUtil.hexDump(in, in.readerIndex(), shown)
				+ ((shown < in.readableBytes()) ? "…" : "");
	}

}
