package io.zinx.codec;

import java.util.Locale;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;

/**
 * Frames of another format, each behind the same magic bytes.
 *
 * <pre>
 * +---------+--------------------------------+
 * |  magic  |  frame of the inner format     |
 * +---------+--------------------------------+
 * </pre>
 *
 * With magic {@code cafe} and TLV, {@code msgId 1, "ping"} is
 * {@code cafe 00000001 00000004 70696e67}. The inner format does not see the magic: no
 * length and no checksum includes it.
 * <p>
 * Other bytes in the place of the magic are corrupt, unless the codec resynchronizes
 * ({@link OnMismatch#RESYNC}): then it skips to the next magic, also when the frame
 * behind a magic is corrupt, too long or has a wrong checksum. Skipped bytes are not
 * kept. The inner format must determine the end of a frame itself, so {@code raw} and
 * {@code delimiter} are not allowed; lines resynchronize without a magic.
 * <p>
 * Two bounds limit it, and bytes beyond them are corrupt: the number of bytes skipped
 * without a frame, and the number of magics without a frame behind them although the head
 * looks like one (1024, and one more for every 128 bytes received, up to 1024 again),
 * because these cost as much as a whole frame.
 */
public final class MagicPrefixCodec implements FrameCodec {

	/** The bytes that may be skipped without a frame by default: 1 MiB. */
	public static final int DEFAULT_MAX_SKIPPED = 1 << 20;

	private static final int LONGEST = 64;

	private static final int MOST_SKIPPED = 1 << 30;

	private final FrameCodec inner;

	private final BytePattern magic;

	private final OnMismatch onMismatch;

	private final int maxSkipped;

	/**
	 * Create a codec that skips {@link #DEFAULT_MAX_SKIPPED} bytes at most, if any.
	 * @param inner the format behind the magic
	 * @param magic the bytes in front of each frame, 1 to 64
	 * @param onMismatch the reaction to other bytes
	 * @throws InvalidSettingException if there are no bytes or too many, or they do not
	 * go with the format
	 */
	public MagicPrefixCodec(FrameCodec inner, byte[] magic, OnMismatch onMismatch) {
		this(inner, magic, onMismatch, DEFAULT_MAX_SKIPPED);
	}

	/**
	 * Create a codec.
	 * @param inner the format behind the magic
	 * @param magic the bytes in front of each frame, 1 to 64
	 * @param onMismatch the reaction to other bytes
	 * @param maxSkipped the most bytes to skip before and between frames, each time, 1 to
	 * 1 GiB
	 * @throws InvalidSettingException if there are no bytes or too many, or they do not
	 * go with the format, or if the bound is out of range
	 */
	public MagicPrefixCodec(FrameCodec inner, byte[] magic, OnMismatch onMismatch, long maxSkipped) {
		this.inner = Objects.requireNonNull(inner, "inner");
		this.onMismatch = Objects.requireNonNull(onMismatch, "onMismatch");
		InvalidSettingException.requireRange("magic.bytes", magic.length, 1, LONGEST);
		this.magic = new BytePattern(magic.clone());
		this.maxSkipped = (int) InvalidSettingException.requireBytes("magic.max-skipped", maxSkipped, 1, MOST_SKIPPED);
		if (inner instanceof RawCodec || inner instanceof DelimiterCodec) {
			throw new InvalidSettingException("magic.bytes", magic.length + " bytes",
					"not set with codec " + inner.name());
		}
	}

	@Override
	public String name() {
		return "magic+" + this.inner.name();
	}

	BytePattern magic() {
		return this.magic;
	}

	int maxSkipped() {
		return this.maxSkipped;
	}

	FrameDecoder newInnerDecoder(int maxPacketSize) {
		return this.inner.newDecoder(maxPacketSize);
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return (this.onMismatch == OnMismatch.CLOSE) ? new StrictMagicDecoder(this, maxPacketSize)
				: new LenientMagicDecoder(this, maxPacketSize);
	}

	@Override
	public int headLength() {
		return this.magic.length() + this.inner.headLength();
	}

	@Override
	public int tailLength() {
		return this.inner.tailLength();
	}

	@Override
	public int minBodyLength() {
		return this.inner.minBodyLength();
	}

	@Override
	public int maxBodyLength() {
		return this.inner.maxBodyLength();
	}

	@Override
	public long maxMsgId() {
		return this.inner.maxMsgId();
	}

	@Override
	public int frameStart(int bodyIndex) {
		return this.inner.frameStart(bodyIndex) - this.magic.length();
	}

	@Override
	public int frameEnd(ByteBuf in, int bodyIndex, int bodyLength) {
		return this.inner.frameEnd(in, bodyIndex, bodyLength);
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		out.writeBytes(this.magic.bytes());
		this.inner.writeHead(msgId, bodyLength, out);
	}

	@Override
	public void writeTail(ByteBuf out, int frameStart) {
		this.inner.writeTail(out, frameStart + this.magic.length());
	}

	/**
	 * The reaction to bytes that are no frame behind a magic.
	 */
	public enum OnMismatch {

		/** Close the connection. */
		CLOSE,

		/** Skip to the next magic. */
		RESYNC;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
