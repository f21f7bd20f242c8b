package io.zinx.codec;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;

/**
 * Head, type, length, value and checksum: the format of devices that Zinx reads with
 * {@code NewHTLVCRCDecoder}, here with an encoder, which Zinx lacks.
 *
 * <pre>
 * +---------+---------+---------+----------------+-----------+
 * |  head   |  func   | length  |      body      | crc u16 LE|
 * +---------+---------+---------+----------------+-----------+
 *   1 byte    1 byte    1 byte     length bytes     2 bytes
 * </pre>
 *
 * Function {@code 0x10} with body {@code 0102030405060708091011121314} is
 * {@code a2 10 0e 0102030405060708091011121314 a687}. The frame of Zinx's own comments,
 * which ends in {@code 050b}, is invalid.
 * <ul>
 * <li>The message number is the function code, 0 to 255.</li>
 * <li>The length is that of the body, 0 to 255, and the body is the data alone. A frame
 * has 5 to 260 bytes; Zinx itself stops decoding after one of 260.</li>
 * <li>The checksum is CRC-16/MODBUS of head to body, low byte first.</li>
 * <li>The head is not checked when reading. By convention it is {@code a2} from device to
 * server and {@code a1} from server to device.</li>
 * </ul>
 * A message with a number over 255 or a body of more than 255 bytes cannot be sent; the
 * send returns {@code UNSENDABLE}.
 */
public final class HtlvCrcCodec implements FrameCodec {

	/** The head byte that is written by default. */
	public static final int DEFAULT_REPLY_HEAD = 0xA1;

	private static final int HEAD = 3;

	private static final int TAIL = 2;

	private static final int LARGEST = 0xFF;

	private final int replyHead;

	/**
	 * Create a codec that writes head {@code a1}.
	 */
	public HtlvCrcCodec() {
		this(DEFAULT_REPLY_HEAD);
	}

	/**
	 * Create a codec.
	 * @param replyHead the head byte to write, 0 to 255
	 * @throws InvalidSettingException if the head is out of range
	 */
	public HtlvCrcCodec(int replyHead) {
		this.replyHead = InvalidSettingException.requireRange("htlv-crc.reply-head", replyHead, 0, LARGEST);
	}

	@Override
	public String name() {
		return "htlv-crc";
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return new Decoder(maxPacketSize);
	}

	private static int decode(ByteBuf in, Frame frame, int maxPacketSize) {
		int readable = in.readableBytes();
		if (readable < HEAD) {
			return HEAD - readable;
		}
		int start = in.readerIndex();
		int length = in.getUnsignedByte(start + 2);
		if (length > maxPacketSize) {
			throw new FrameTooLongException(length, maxPacketSize);
		}
		int missing = HEAD + length + TAIL - readable;
		if (missing > 0) {
			return missing;
		}
		int end = start + HEAD + length;
		int received = in.getUnsignedShortLE(end);
		int computed = ModbusCrc.of(in, start, end);
		if (received != computed) {
			throw new ChecksumException(received, computed);
		}
		frame.set(in.getUnsignedByte(start + 1), start + HEAD, length);
		in.readerIndex(end + TAIL);
		return FrameDecoder.COMPLETE;
	}

	@Override
	public int headLength() {
		return HEAD;
	}

	@Override
	public int tailLength() {
		return TAIL;
	}

	@Override
	public int maxBodyLength() {
		return LARGEST;
	}

	@Override
	public long maxMsgId() {
		return LARGEST;
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		out.writeByte(this.replyHead);
		out.writeByte((int) msgId);
		out.writeByte(bodyLength);
	}

	@Override
	public void writeTail(ByteBuf out, int frameStart) {
		out.writeShortLE(ModbusCrc.of(out, frameStart, out.writerIndex()));
	}

	/**
	 * The decoder of all connections, without state.
	 *
	 * @param maxPacketSize the longest body allowed, in bytes
	 */
	private record Decoder(int maxPacketSize) implements HeadCheck {

		@Override
		public int decode(ByteBuf in, Frame frame) {
			return HtlvCrcCodec.decode(in, frame, this.maxPacketSize);
		}

		@Override
		public boolean mayBegin(ByteBuf in, int index) {
			return in.writerIndex() - index < HEAD || in.getUnsignedByte(index + 2) <= this.maxPacketSize;
		}

	}

}
