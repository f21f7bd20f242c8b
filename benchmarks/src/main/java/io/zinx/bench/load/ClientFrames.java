package io.zinx.bench.load;

import java.nio.ByteBuffer;

/**
 * The WebSocket frames that clients send: each is a binary message with one frame of the
 * load, masked with a key of its own as browsers do. The connections of a thread share
 * one object and its buffer. One thread.
 */
final class ClientFrames {

	/** The first byte of a whole binary message. */
	private static final byte BINARY = (byte) 0x82;

	/** The first byte of a frame that closes. */
	private static final byte CLOSE = (byte) 0x88;

	private static final int MASKED = 0x80;

	/** The longest length that has no bytes of its own. */
	private static final int SHORT_LENGTH = 125;

	/** Says that two bytes with the length follow. */
	private static final int TWO_BYTES = 126;

	/** Says that eight bytes with the length follow. */
	private static final int EIGHT_BYTES = 127;

	private static final int LONGEST_HEAD = 14;

	private final ByteBuffer wrapped = ByteBuffer.allocateDirect(FrameStream.WINDOW + LONGEST_HEAD);

	/** The key of the last mask, never 0. */
	private int mask = 0x2545F491;

	/**
	 * Wrap as many frames as are whole and have space.
	 * @param bytes frames of the load, from the beginning of one; the position moves
	 * behind those that were taken
	 * @return what to send, valid until the next call; empty if no frame is whole
	 */
	ByteBuffer wrap(ByteBuffer bytes) {
		this.wrapped.clear();
		int length = FrameStream.frameLength(bytes);
		while (length <= bytes.remaining() && length + LONGEST_HEAD <= this.wrapped.remaining()) {
			putHead(BINARY, length);
			putMasked(bytes, length);
			length = FrameStream.frameLength(bytes);
		}
		return this.wrapped.flip();
	}

	/**
	 * A frame that closes, without a reason.
	 * @return what to send, valid until the next call
	 */
	ByteBuffer close() {
		this.wrapped.clear();
		putHead(CLOSE, 0);
		return this.wrapped.flip();
	}

	private void putHead(byte first, int length) {
		this.wrapped.put(first);
		if (length <= SHORT_LENGTH) {
			this.wrapped.put((byte) (MASKED | length));
		}
		else if (length < 1 << Short.SIZE) {
			this.wrapped.put((byte) (MASKED | TWO_BYTES)).putShort((short) length);
		}
		else {
			this.wrapped.put((byte) (MASKED | EIGHT_BYTES)).putLong(length);
		}
		this.wrapped.putInt(nextMask());
	}

	/**
	 * The next number of a xorshift generator.
	 */
	private int nextMask() {
		this.mask ^= this.mask << 13;
		this.mask ^= this.mask >>> 17;
		this.mask ^= this.mask << 5;
		return this.mask;
	}

	private void putMasked(ByteBuffer bytes, int length) {
		long wide = ((long) this.mask << Integer.SIZE) | Integer.toUnsignedLong(this.mask);
		int left = length;
		while (left >= Long.BYTES) {
			this.wrapped.putLong(bytes.getLong() ^ wide);
			left -= Long.BYTES;
		}
		while (left > 0) {
			wide = Long.rotateLeft(wide, Byte.SIZE);
			this.wrapped.put((byte) (bytes.get() ^ wide));
			left--;
		}
	}

}
