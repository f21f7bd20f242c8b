package io.zinx.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The common part of formats whose head is a message number and a body length, four bytes
 * each. They differ only in order and endianness.
 */
abstract class EightByteHeadCodec implements FrameCodec {

	static final int HEAD = 8;

	/**
	 * The decoder that was made last: it has no state, so connections share it.
	 */
	private volatile @Nullable Decoder decoder;

	@Override
	public final FrameDecoder newDecoder(int maxPacketSize) {
		Decoder last = this.decoder;
		if (last == null || last.maxPacketSize != maxPacketSize) {
			last = new Decoder(maxPacketSize);
			this.decoder = last;
		}
		return last;
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

	private final class Decoder implements HeadCheck {

		private final int maxPacketSize;

		Decoder(int maxPacketSize) {
			this.maxPacketSize = maxPacketSize;
		}

		@Override
		public int decode(ByteBuf in, Frame frame) {
			return EightByteHeadCodec.this.decode(in, frame, this.maxPacketSize);
		}

		@Override
		public boolean mayBegin(ByteBuf in, int index) {
			return in.writerIndex() - index < HEAD || length(in, index) <= this.maxPacketSize;
		}

	}

}
