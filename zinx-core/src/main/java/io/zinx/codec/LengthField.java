package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

import io.zinx.InvalidSettingException;

/**
 * The position of the length in a frame and its meaning: the parameters of Zinx's
 * {@code LengthField}, which are those of Netty's {@code LengthFieldBasedFrameDecoder}.
 * Checked when created.
 *
 * <pre>
 * |&lt;--- offset ---&gt;|&lt;-- length --&gt;|&lt;--- value + adjustment ---&gt;|
 * +----------------+--------------+----------------------------+
 * |      ...       |    value     |            ...             |
 * +----------------+--------------+----------------------------+
 * |&lt;- strip -&gt;|&lt;------------------- body ---------------------&gt;|
 * </pre>
 *
 * @param order the order of the field's bytes
 * @param maxFrameLength the longest frame allowed, head included, in bytes, as an
 * unsigned number; -1 for no bound but {@code zinx.max-packet-size}
 * @param offset the number of bytes before the field, 0 to 65535
 * @param length the number of bytes of the field: 1, 2, 3, 4 or 8
 * @param adjustment the number to add to the field's value to get the number of bytes
 * after the field; negative if the field counts bytes before its end
 * @param strip the number of bytes to strip from the frame, the rest of which is the
 * body, 0 to 65535
 */
public record LengthField(ByteOrder order, long maxFrameLength, int offset, int length, int adjustment, int strip) {

	/** The maximum frame length for no bound but {@code zinx.max-packet-size}. */
	public static final long UNBOUNDED = -1;

	private static final String SETTING = "length-field.";

	private static final List<Integer> LENGTHS = List.of(1, 2, 3, 4, 8);

	private static final int FARTHEST = 0xFFFF;

	/**
	 * Check the parameters.
	 * @throws InvalidSettingException if no frame could be read with one of the values
	 */
	public LengthField {
		Objects.requireNonNull(order, "order");
		InvalidSettingException.requireRange(SETTING + "offset", offset, 0, FARTHEST);
		if (!LENGTHS.contains(length)) {
			throw new InvalidSettingException(SETTING + "length", length, "1, 2, 3, 4 or 8");
		}
		int end = offset + length;
		if (Long.compareUnsigned(maxFrameLength, end) < 0) {
			throw new InvalidSettingException(SETTING + "max-frame-length", maxFrameLength, end + " bytes or more");
		}
		long largest = largestValue(length);
		if (adjustment < -largest) {
			throw new InvalidSettingException(SETTING + "adjustment", adjustment, -largest + " or more");
		}
		if (Long.compareUnsigned(maxFrameLength, Math.max(end, (long) end + adjustment)) < 0) {
			throw new InvalidSettingException(SETTING + "adjustment", adjustment,
					Long.toUnsignedString(maxFrameLength - end) + " or less");
		}
		long longest = longestFrame(maxFrameLength, end, length, adjustment);
		InvalidSettingException.requireRange(SETTING + "strip", strip, 0, (int) Math.min(FARTHEST, longest));
	}

	/**
	 * A big-endian field at the start of the frame that counts what comes after it, and
	 * is not part of the body.
	 * @param length the number of bytes of the field: 1, 2, 3, 4 or 8
	 * @return the parameters
	 */
	public static LengthField ofLength(int length) {
		return new LengthField(ByteOrder.BIG_ENDIAN, UNBOUNDED, 0, length, 0, length);
	}

	/**
	 * The number of bytes up to the end of the field.
	 * @return offset and length
	 */
	int end() {
		return this.offset + this.length;
	}

	/**
	 * The length of a frame whose field has its largest value.
	 */
	long longestFrame() {
		return longestFrame(this.maxFrameLength, end(), this.length, this.adjustment);
	}

	/**
	 * The length of a frame whose field has its smallest value.
	 */
	int shortestFrame() {
		return Math.max(end(), (int) Math.min(Integer.MAX_VALUE, (long) end() + this.adjustment));
	}

	private static long longestFrame(long maxFrameLength, int end, int length, int adjustment) {
		long longest = largestValue(length) + adjustment + end;
		return (Long.compareUnsigned(longest, maxFrameLength) < 0) ? longest : maxFrameLength;
	}

	private static long largestValue(int length) {
		return (length == Long.BYTES) ? Long.MAX_VALUE >>> 1 : (1L << (length * Byte.SIZE)) - 1;
	}

}
