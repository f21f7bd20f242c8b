package io.zinx.bench.load;

import java.nio.ByteBuffer;

/**
 * The WebSocket frames that a server sends on one connection: each is a whole binary
 * message, not masked, and may arrive in parts. One that closes is the end. One thread.
 */
final class ServerFrames {

	/** The first byte of a whole binary message. */
	private static final int BINARY = 0x82;

	/** The first byte of a frame that closes. */
	private static final int CLOSE = 0x88;

	private static final int MASKED = 0x80;

	/** Says that two bytes with the length follow. */
	private static final int TWO_BYTES = 126;

	/** Says that eight bytes with the length follow. */
	private static final int EIGHT_BYTES = 127;

	private static final int FIXED_HEAD = 2;

	/** The number of bytes of a head that were read, 0 within a payload. */
	private int headRead;

	/** The bytes of the length that are not read yet. */
	private int lengthBytes;

	/** The length as far as it is read; within a payload, what is missing of it. */
	private long length;

	private boolean closed;

	/**
	 * Remove the heads from what was read.
	 * @param bytes a buffer with the bytes before its position; the position moves behind
	 * what is left, the payload
	 * @param from where the bytes begin
	 * @throws IllegalStateException if a server may not send them, or no server of a load
	 */
	void unwrap(ByteBuffer bytes, int from) {
		int end = bytes.position();
		int next = from;
		int kept = from;
		while (next < end && !this.closed) {
			if (this.headRead > 0 || this.length == 0) {
				readHead(bytes.get(next++) & 0xFF);
				continue;
			}
			int count = (int) Math.min(this.length, end - next);
			bytes.put(kept, bytes, next, count);
			next += count;
			kept += count;
			this.length -= count;
		}
		bytes.position(kept);
	}

	private void readHead(int value) {
		switch (this.headRead++) {
			case 0 -> readFirst(value);
			case 1 -> readSecond(value);
			default -> {
				this.length = (this.length << Byte.SIZE) | value;
				this.lengthBytes--;
			}
		}
		if (this.headRead >= FIXED_HEAD && this.lengthBytes == 0) {
			this.headRead = 0;
		}
		if (this.length < 0) {
			throw new IllegalStateException("A WebSocket frame has a negative length");
		}
	}

	private void readFirst(int value) {
		if (value != BINARY && value != CLOSE) {
			throw new IllegalStateException(
					"A WebSocket frame is no whole binary message: 0x" + Integer.toHexString(value));
		}
		this.closed = value == CLOSE;
	}

	private void readSecond(int value) {
		if ((value & MASKED) != 0) {
			throw new IllegalStateException("A WebSocket frame of the server is masked");
		}
		this.lengthBytes = switch (value) {
			case TWO_BYTES -> Short.BYTES;
			case EIGHT_BYTES -> Long.BYTES;
			default -> 0;
		};
		this.length = (this.lengthBytes == 0) ? value : 0;
	}

	/**
	 * True if a frame has come that closes. What is behind it does not count.
	 */
	boolean isClosed() {
		return this.closed;
	}

}
