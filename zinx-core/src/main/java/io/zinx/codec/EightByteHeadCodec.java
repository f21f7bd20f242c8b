package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * A frame whose head is a message number and a body length, four bytes each. The formats
 * differ in order and endianness alone.
 */
abstract class EightByteHeadCodec implements FrameCodec {

	static final int HEAD = 8;

	@Override
	public final FrameDecoder newDecoder(int maxPacketSize) {
		return (in, frame) -> decode(in, frame, maxPacketSize);
	}

	@Override
	public final int headLength() {
		return HEAD;
	}

	private int decode(ByteBuf in, Frame frame, int maxPacketSize) {
		int readable = in.readableBytes();
		if (readable < HEAD) {
			return HEAD - readable;
		}
		int start = in.readerIndex();
		long length = length(in, start);
		if (length > maxPacketSize) {
			throw new FrameTooLongException(length, maxPacketSize);
		}
		long missing = HEAD + length - readable;
		if (missing > 0) {
			return (int) Math.min(missing, Integer.MAX_VALUE);
		}
		frame.set(msgId(in, start), start + HEAD, (int) length);
		in.readerIndex(start + HEAD + (int) length);
		return FrameDecoder.COMPLETE;
	}

	abstract long msgId(ByteBuf in, int start);

	abstract long length(ByteBuf in, int start);

}
