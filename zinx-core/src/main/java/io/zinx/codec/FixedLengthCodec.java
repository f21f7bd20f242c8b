package io.zinx.codec;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;

/**
 * Frames of one fixed length that consist of a body only.
 *
 * <pre>
 * +----------------+----------------+
 * |      body      |      body      |      with length 4, "ping" is 70696e67
 * +----------------+----------------+
 *    length bytes     length bytes
 * </pre>
 *
 * Each is the body of message 0; the format has no message numbers. A body of another
 * length is not sent.
 */
public final class FixedLengthCodec implements FrameCodec {

	private static final int LONGEST = 1 << 30;

	private final int length;

	/**
	 * Create a codec.
	 * @param length the length of every body in bytes, 1 to 1 GiB
	 * @throws InvalidSettingException if the length is out of range
	 */
	public FixedLengthCodec(int length) {
		this.length = (int) InvalidSettingException.requireBytes("fixed.length", length, 1, LONGEST);
	}

	@Override
	public String name() {
		return "fixed";
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return (in, frame) -> decode(in, frame, maxPacketSize);
	}

	private int decode(ByteBuf in, Frame frame, int maxPacketSize) {
		if (this.length > maxPacketSize) {
			throw new FrameTooLongException(this.length, maxPacketSize);
		}
		int missing = this.length - in.readableBytes();
		if (missing > 0) {
			return missing;
		}
		frame.set(0, in.readerIndex(), this.length);
		in.skipBytes(this.length);
		return FrameDecoder.COMPLETE;
	}

	@Override
	public int headLength() {
		return 0;
	}

	@Override
	public int minBodyLength() {
		return this.length;
	}

	@Override
	public int maxBodyLength() {
		return this.length;
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
	}

}
