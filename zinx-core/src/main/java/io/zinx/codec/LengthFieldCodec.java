package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.Objects;

import io.netty.buffer.ByteBuf;

/**
 * Frames with a length field in their head, described by a {@link LengthField}: the
 * format that Zinx reads with a {@code LengthField} and without a decoder.
 *
 * <pre>
 * offset 1, length 2, adjustment 1, strip 3
 *
 * +--------+--------------+--------+----------------+
 * |   ca   | length 000c  |   fe   |  HELLO, WORLD  |     a frame
 * +--------+--------------+--------+----------------+
 *                         +--------+----------------+
 *                         |   fe   |  HELLO, WORLD  |     its body
 *                         +--------+----------------+
 * </pre>
 *
 * The frame's length is the field's value + adjustment + offset + length. The frame
 * without its first {@code strip} bytes is the body of message 0; the format has no
 * message numbers.
 * <p>
 * Sending is the reverse: {@code strip} bytes are written in front of the body, with the
 * length in its place and zeros elsewhere. If {@code strip} ends before the field, as 0
 * does, the body contains the length itself, as a received one does, and is sent
 * unchanged. A body whose length the field cannot express is not sent.
 * <p>
 * A length that exceeds {@code max-frame-length} or a signed 64-bit number, or makes the
 * body longer than {@code zinx.max-packet-size}, is too long; one that ends the frame
 * before the end of its field, or of the stripped bytes, is corrupt.
 */
public final class LengthFieldCodec implements FrameCodec {

	/** The largest accepted value, so that sums with it do not overflow. */
	private static final long LARGEST = Long.MAX_VALUE >>> 1;

	private final LengthField field;

	private final boolean bigEndian;

	/**
	 * Create a codec.
	 * @param field the position of the length and its meaning
	 */
	public LengthFieldCodec(LengthField field) {
		this.field = Objects.requireNonNull(field, "field");
		this.bigEndian = field.order() == ByteOrder.BIG_ENDIAN;
	}

	@Override
	public String name() {
		return "length-field";
	}

	/**
	 * The position of the length and its meaning.
	 * @return the parameters
	 */
	public LengthField field() {
		return this.field;
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return new Decoder(maxPacketSize);
	}

	private boolean mayBegin(ByteBuf in, int index, int maxPacketSize) {
		int end = this.field.end();
		if (in.writerIndex() - index < end) {
			return true;
		}
		long value = value(in, index + this.field.offset());
		if (value < 0 || value > LARGEST) {
			return false;
		}
		long length = value + this.field.adjustment() + end;
		return length >= Math.max(end, this.field.strip())
				&& Long.compareUnsigned(length, this.field.maxFrameLength()) <= 0
				&& length - this.field.strip() <= maxPacketSize;
	}

	private int decode(ByteBuf in, Frame frame, int maxPacketSize) {
		int readable = in.readableBytes();
		int end = this.field.end();
		if (readable < end) {
			return end - readable;
		}
		int start = in.readerIndex();
		long length = frameLength(value(in, start + this.field.offset()));
		int strip = this.field.strip();
		if (length < strip) {
			throw new CorruptFrameException(
					"Frame of " + length + " bytes is shorter than the " + strip + " bytes to strip");
		}
		if (length - strip > maxPacketSize) {
			throw new FrameTooLongException(length - strip, maxPacketSize);
		}
		long missing = length - readable;
		if (missing > 0) {
			return (int) Math.min(missing, Integer.MAX_VALUE);
		}
		frame.set(0, start + strip, (int) length - strip);
		in.readerIndex(start + (int) length);
		return FrameDecoder.COMPLETE;
	}

	private long frameLength(long value) {
		int end = this.field.end();
		if (value < 0 || value > LARGEST) {
			throw FrameTooLongException.ofFrame(value, this.field.maxFrameLength());
		}
		long length = value + this.field.adjustment() + end;
		if (length < end) {
			throw new CorruptFrameException("Length " + value + " gives a frame of " + length
					+ " bytes, shorter than the " + end + " bytes up to the end of its length field");
		}
		if (Long.compareUnsigned(length, this.field.maxFrameLength()) > 0) {
			throw FrameTooLongException.ofFrame(length, this.field.maxFrameLength());
		}
		return length;
	}

	private long value(ByteBuf in, int index) {
		return switch (this.field.length()) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> this.bigEndian ? in.getUnsignedShort(index) : in.getUnsignedShortLE(index);
			case 3 -> this.bigEndian ? in.getUnsignedMedium(index) : in.getUnsignedMediumLE(index);
			case 4 -> this.bigEndian ? in.getUnsignedInt(index) : in.getUnsignedIntLE(index);
			default -> this.bigEndian ? in.getLong(index) : in.getLongLE(index);
		};
	}

	@Override
	public int headLength() {
		return this.field.strip();
	}

	@Override
	public int minBodyLength() {
		return Math.max(0, this.field.shortestFrame() - this.field.strip());
	}

	@Override
	public int maxBodyLength() {
		long longest = this.field.longestFrame();
		return (int) Math.min(FrameCodec.super.maxBodyLength(), longest - this.field.strip());
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		int strip = this.field.strip();
		long value = (long) strip + bodyLength - this.field.adjustment() - this.field.end();
		for (int index = 0; index < strip; index++) {
			out.writeByte(headByte(index, value));
		}
	}

	private int headByte(int index, long value) {
		int at = index - this.field.offset();
		int length = this.field.length();
		if (at < 0 || at >= length) {
			return 0;
		}
		return (int) (value >>> ((this.bigEndian ? length - 1 - at : at) * Byte.SIZE));
	}

	/**
	 * The decoder of all connections, without state.
	 */
	private final class Decoder implements HeadCheck {

		private final int maxPacketSize;

		Decoder(int maxPacketSize) {
			this.maxPacketSize = maxPacketSize;
		}

		@Override
		public int decode(ByteBuf in, Frame frame) {
			return LengthFieldCodec.this.decode(in, frame, this.maxPacketSize);
		}

		@Override
		public boolean mayBegin(ByteBuf in, int index) {
			return LengthFieldCodec.this.mayBegin(in, index, this.maxPacketSize);
		}

	}

}
