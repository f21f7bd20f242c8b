package io.zinx.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One frame, again and again: what is sent, or what is expected. A place in it is a
 * number of bytes within the frame. One thread.
 */
final class FrameStream {

	/** The most bytes that are compared or written at once. */
	static final int WINDOW = 256 * 1024;

	private static final int HEAD = 8;

	private static final int LENGTH_OFFSET = 4;

	private final int frameLength;

	private final ByteBuffer bytes;

	FrameStream(int msgId, int bodySize) {
		this.frameLength = HEAD + bodySize;
		this.bytes = ByteBuffer.allocateDirect((WINDOW / this.frameLength + 2) * this.frameLength);
		while (this.bytes.hasRemaining()) {
			this.bytes.putInt(msgId).putInt(bodySize);
			for (int i = 0; i < bodySize; i++) {
				this.bytes.put((byte) (i * 131 + 7));
			}
		}
	}

	/**
	 * The length of the frame that begins at the position of a buffer.
	 * @return more than there is if its head is not whole
	 */
	static int frameLength(ByteBuffer bytes) {
		return (bytes.remaining() < HEAD) ? HEAD : HEAD + bytes.getInt(bytes.position() + LENGTH_OFFSET);
	}

	int frameLength() {
		return this.frameLength;
	}

	/**
	 * Compare bytes that were received.
	 * @param received the bytes, at most {@link #WINDOW}
	 * @param place the place of the first
	 * @return the place behind the last
	 */
	int check(ByteBuffer received, int place) {
		int length = received.remaining();
		this.bytes.limit(place + length).position(place);
		if (received.mismatch(this.bytes) != -1) {
			throw new IllegalStateException("A wrong byte in a reply");
		}
		return place + length;
	}

	/**
	 * Write as much as the connection takes.
	 * @param channel the connection
	 * @param place the place of the first byte
	 * @param length how many bytes
	 * @return how many it has taken
	 * @throws IOException if it takes none any more
	 */
	int write(ClientChannel channel, int place, long length) throws IOException {
		this.bytes.limit(place + (int) Math.min(length, WINDOW)).position(place);
		return channel.write(this.bytes);
	}

}
