package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.Objects;

import io.netty.buffer.ByteBuf;

/**
 * Frames that hold their length somewhere in their head, as a {@link LengthField} says:
 * what Zinx reads with a {@code LengthField} and no decoder of its own.
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
 * The frame's length is the field's value + adjustment + offset + length. What is left of
 * the frame without its first {@code strip} bytes is the body of message 0; the format
 * has no message numbers.
 * <p>
 * Sending mirrors this: the {@code strip} bytes are put in front of the body, the length
 * in its place and zeros elsewhere. With a strip that ends before the field, 0 above all,
 * the body holds its length itself, as a received one does, and is sent as it is. A body
 * whose length the field cannot express is not sent.
 * <p>
 * A length that is over {@code max-frame-length}, over what a signed 64-bit number holds,
 * or makes the body longer than {@code zinx.max-packet-size}, is too long; one that ends
 * the frame before its field ends, or before what is stripped, is corrupt.
 */
public final class LengthFieldCodec implements FrameCodec {

	/** Larger values are taken for a fault, so that sums with them stay in range. */
	private static final long LARGEST = Long.MAX_VALUE >>> 1;

	private final LengthField field;

	private final boolean bigEndian;

	/**
	 * Create a codec.
	 * @param field where the length stands and what it counts
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
	 * Where the length stands and what it counts.
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
			throw new CorruptFrameException("Length " + value + " ends the frame after " + length
					+ " bytes, but its length field ends after " + end);
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
	 * Has no state.
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
