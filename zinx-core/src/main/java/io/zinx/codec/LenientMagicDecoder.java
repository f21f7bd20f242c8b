package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * A decoder that skips bytes without a frame behind magic bytes, within two bounds: the
 * bytes skipped since the last frame, and the number of <em>false starts</em>, magic
 * bytes without a frame behind them although the head looks like one. A false start may
 * cost as much as a whole frame, so received bytes earn credit for them: whatever the
 * stream, the cost is a few looks at each byte, and the false starts that are free at the
 * beginning.
 */
final class LenientMagicDecoder extends MagicDecoder {

	/** The credit in bytes that a false start costs. */
	private static final int FALSE_START = 128;

	/** The largest credit, enough for 1024 false starts. */
	private static final int MOST_CREDIT = 1024 * FALSE_START;

	/** The result of {@link #tryAt} if there is no frame. */
	private static final int NO_FRAME = -2;

	/** The bytes skipped since the last frame. */
	private int skipped;

	/** The credit in bytes. */
	private int credit = MOST_CREDIT;

	LenientMagicDecoder(MagicPrefixCodec codec, int maxPacketSize) {
		super(codec, maxPacketSize);
	}

	/**
	 * Once bytes were skipped, the number of missing bytes is not returned, so that the
	 * caller passes all received bytes, not one or two for each magic among them.
	 */
	@Override
	public int decode(ByteBuf in, Frame frame) {
		int first = in.readerIndex();
		while (skipToMagic(in, frame)) {
			int start = in.readerIndex();
			int missing = tryAt(in, start, frame);
			if (missing == COMPLETE) {
				this.skipped = 0;
				earn(in.readerIndex() - start);
				return COMPLETE;
			}
			if (missing != NO_FRAME) {
				return (start == first) ? missing : MORE;
			}
			skip(in, frame, 1);
		}
		return MORE;
	}

	private boolean skipToMagic(ByteBuf in, Frame frame) {
		int start = in.readerIndex();
		int end = in.writerIndex();
		BytePattern magic = this.codec.magic();
		if (start < end && !(magic.isAt(in, start) && mayBegin(in, start))) {
			skip(in, frame, magic.find(in, start, end, 0, (index) -> mayBegin(in, index)) - start);
		}
		return in.isReadable();
	}

	private int tryAt(ByteBuf in, int start, Frame frame) {
		try {
			return decodeBehindMagic(in, start, frame);
		}
		catch (FrameException ex) {
			in.readerIndex(start);
			forgetFrame();
			this.credit -= FALSE_START;
			if (this.credit < 0) {
				throw new CorruptFrameException(
						"Too many magic bytes without a valid frame after them. The last failure: " + ex.getMessage());
			}
			return NO_FRAME;
		}
	}

	private void skip(ByteBuf in, Frame frame, int bytes) {
		in.skipBytes(bytes);
		frame.skip(bytes);
		earn(bytes);
		this.skipped += bytes;
		if (this.skipped > this.codec.maxSkipped()) {
			throw new CorruptFrameException(this.skipped + " bytes belong to no frame (zinx.magic.max-skipped: "
					+ this.codec.maxSkipped() + ")");
		}
	}

	private void earn(int bytes) {
		this.credit = Math.min(MOST_CREDIT, this.credit + bytes);
	}

}
