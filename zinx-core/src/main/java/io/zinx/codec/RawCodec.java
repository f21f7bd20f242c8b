package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * No frames at all: what one read from the socket brings is the body of message 0, as in
 * Zinx after {@code SetDecoder(nil)}.
 *
 * <pre>
 * +----------------+
 * |  what is read  |      "ping" is 70696e67
 * +----------------+
 * </pre>
 *
 * How the peer's bytes fall into reads is up to the network: several of its writes may
 * arrive as one message, and one write as several. A read of more than
 * {@code zinx.max-packet-size} bytes is cut into messages of that size and a rest. There
 * are no empty messages. Reads that wait because handlers are behind may be joined. A
 * body is sent as it is.
 */
public final class RawCodec implements FrameCodec {

	@Override
	public String name() {
		return "raw";
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return (in, frame) -> decode(in, frame, maxPacketSize);
	}

	private static int decode(ByteBuf in, Frame frame, int maxPacketSize) {
		int length = Math.min(in.readableBytes(), maxPacketSize);
		frame.set(0, in.readerIndex(), length);
		in.skipBytes(length);
		return FrameDecoder.COMPLETE;
	}

	@Override
	public int headLength() {
		return 0;
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
	}

}
