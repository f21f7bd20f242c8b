package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Bytes without frames: the bytes of one read from the socket are the body of message 0,
 * as in Zinx after {@code SetDecoder(nil)}.
 *
 * <pre>
 * +----------------+
 * |  what is read  |      "ping" is 70696e67
 * +----------------+
 * </pre>
 *
 * The network decides which bytes a read returns: several writes of the peer may arrive
 * as one message, and one write as several. A read of more than
 * {@code zinx.max-packet-size} bytes is split into messages of that size and a rest.
 * There are no empty messages. Reads that wait for slow handlers may be joined. A body is
 * sent unchanged.
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
