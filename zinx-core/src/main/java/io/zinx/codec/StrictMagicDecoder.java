package io.zinx.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * A decoder that rejects bytes that are no frame behind magic bytes.
 */
final class StrictMagicDecoder extends MagicDecoder {

	StrictMagicDecoder(MagicPrefixCodec codec, int maxPacketSize) {
		super(codec, maxPacketSize);
	}

	@Override
	public int decode(ByteBuf in, Frame frame) {
		BytePattern magic = this.codec.magic();
		int start = in.readerIndex();
		if (!magic.isAt(in, start)) {
			throw new CorruptFrameException("Frame does not begin with the magic bytes "
					+ ByteBufUtil.hexDump(magic.bytes()) + " (zinx.magic.bytes), but with "
					+ ByteBufUtil.hexDump(in, start, Math.min(magic.length(), in.readableBytes())));
		}
		return decodeBehindMagic(in, start, frame);
	}

}
