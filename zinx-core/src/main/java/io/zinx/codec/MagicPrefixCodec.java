package io.zinx.codec;

import java.util.Locale;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;

/**
 * Frames of another format, each behind the same few bytes.
 *
 * <pre>
 * +---------+--------------------------------+
 * |  magic  |  frame of the inner format     |
 * +---------+--------------------------------+
 * </pre>
 *
 * With magic {@code cafe} and TLV, {@code msgId 1, "ping"} is
 * {@code cafe 00000001 00000004 70696e67}. The inner format does not see the magic: no
 * length and no check sum counts it.
 * <p>
 * Bytes that are not the magic where it must be are corrupt, unless the codec is told to
 * find its way back: then it skips to the next magic, and does the same when the frame
 * behind a magic is corrupt, too long or has a wrong check sum. Skipped bytes are not
 * kept. The inner format must tell by itself where its frame ends, so {@code raw} and
 * {@code delimiter} are refused; lines find their way back without any help.
 */
public final class MagicPrefixCodec implements FrameCodec {

	private static final int LONGEST = 64;

	private final FrameCodec inner;

	private final byte[] magic;

	private final OnMismatch onMismatch;

	/**
	 * Create a codec.
	 * @param inner the format of what follows the magic
	 * @param magic the bytes in front of each frame, 1 to 64
	 * @param onMismatch what to do about bytes that are something else
	 * @throws InvalidSettingException if there are no bytes or too many, or they do not
	 * go with the format
	 */
	public MagicPrefixCodec(FrameCodec inner, byte[] magic, OnMismatch onMismatch) {
		this.inner = Objects.requireNonNull(inner, "inner");
		this.magic = magic.clone();
		this.onMismatch = Objects.requireNonNull(onMismatch, "onMismatch");
		InvalidSettingException.requireRange("magic.bytes", magic.length, 1, LONGEST);
		if (inner instanceof RawCodec || inner instanceof DelimiterCodec) {
			throw new InvalidSettingException("magic.bytes", magic.length + " bytes",
					"not set with codec " + inner.name());
		}
	}

	@Override
	public String name() {
		return "magic+" + this.inner.name();
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return new Decoder(maxPacketSize);
	}

	@Override
	public int headLength() {
		return this.magic.length + this.inner.headLength();
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
		return this.inner.frameStart(bodyIndex) - this.magic.length;
	}

	@Override
	public int frameEnd(ByteBuf in, int bodyIndex, int bodyLength) {
		return this.inner.frameEnd(in, bodyIndex, bodyLength);
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		out.writeBytes(this.magic);
		this.inner.writeHead(msgId, bodyLength, out);
	}

	@Override
	public void writeTail(ByteBuf out, int frameStart) {
		this.inner.writeTail(out, frameStart + this.magic.length);
	}

	/**
	 * Whether the magic, or as much of it as there are bytes, stands at an index.
	 */
	private boolean isMagic(ByteBuf in, int index) {
		int length = Math.min(this.magic.length, in.writerIndex() - index);
		for (int at = 0; at < length; at++) {
			if (in.getByte(index + at) != this.magic[at]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Move the reader index to the next place where the magic may stand.
	 */
	private void skipToMagic(ByteBuf in) {
		int end = in.writerIndex();
		int index = in.readerIndex();
		do {
			index = in.indexOf(index + 1, end, this.magic[0]);
		}
		while (index >= 0 && !isMagic(in, index));
		in.readerIndex((index >= 0) ? index : end);
	}

	/**
	 * What to do about bytes that are no frame behind a magic.
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

	/**
	 * Cuts the frames of one connection.
	 */
	private final class Decoder implements FrameDecoder {

		private final int maxPacketSize;

		private FrameDecoder frames;

		Decoder(int maxPacketSize) {
			this.maxPacketSize = maxPacketSize;
			this.frames = MagicPrefixCodec.this.inner.newDecoder(maxPacketSize);
		}

		@Override
		public int decode(ByteBuf in, Frame frame) {
			while (in.isReadable()) {
				int start = in.readerIndex();
				try {
					return decodeHere(in, start, frame);
				}
				catch (FrameException ex) {
					if (MagicPrefixCodec.this.onMismatch == OnMismatch.CLOSE) {
						throw ex;
					}
				}
				this.frames = MagicPrefixCodec.this.inner.newDecoder(this.maxPacketSize);
				in.readerIndex(start);
				skipToMagic(in);
				frame.skip(in.readerIndex() - start);
			}
			return MORE;
		}

		private int decodeHere(ByteBuf in, int start, Frame frame) {
			if (!isMagic(in, start)) {
				throw new CorruptFrameException("Frame does not begin with the magic bytes");
			}
			int length = MagicPrefixCodec.this.magic.length;
			int readable = in.readableBytes();
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

	}

}
