package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * The common part of the decoders of frames behind magic bytes, for one connection.
 */
abstract class MagicDecoder implements FrameDecoder {

	final MagicPrefixCodec codec;

	private final int maxPacketSize;

	private FrameDecoder frames;

	MagicDecoder(MagicPrefixCodec codec, int maxPacketSize) {
		this.codec = codec;
		this.maxPacketSize = maxPacketSize;
		this.frames = codec.newInnerDecoder(maxPacketSize);
	}

	/**
	 * Read the frame behind the magic, or a beginning of it, at an index.
	 */
	final int decodeBehindMagic(ByteBuf in, int start, Frame frame) {
		int length = this.codec.magic().length();
		int readable = in.writerIndex() - start;
		if (readable <= length) {
			return (readable < length) ? length - readable : 1;
		}
		in.readerIndex(start + length);
		int missing = this.frames.decode(in, frame);
		if (missing != COMPLETE) {
			in.readerIndex(start);
		}
		return missing;
	}

	/**
	 * True if a frame may follow the magic at an index, as far as its head tells.
	 */
	final boolean mayBegin(ByteBuf in, int index) {
		return !(this.frames instanceof HeadCheck head) || head.mayBegin(in, index + this.codec.magic().length());
	}

	/**
	 * Reset the state after bytes that were no frame.
	 */
	final void forgetFrame() {
		this.frames = this.codec.newInnerDecoder(this.maxPacketSize);
	}

}
