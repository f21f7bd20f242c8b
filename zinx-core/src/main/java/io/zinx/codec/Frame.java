package io.zinx.codec;

/**
 * Where a {@link FrameDecoder} says what it has found: the message number, and where the
 * body lies in the buffer it was given. One instance is filled again for every frame.
 */
public final class Frame {

	private long msgId;

	private int bodyIndex;

	private int bodyLength;

	private long skipped;

	/**
	 * Fill in a frame.
	 * @param msgId the message number, 0 to 4294967295
	 * @param bodyIndex the absolute index of the body's first byte in the buffer
	 * @param bodyLength the length of the body in bytes, 0 or more
	 */
	public void set(long msgId, int bodyIndex, int bodyLength) {
		this.msgId = msgId;
		this.bodyIndex = bodyIndex;
		this.bodyLength = bodyLength;
	}

	/**
	 * Say that bytes were skipped which belong to no frame. For decoders that find their
	 * way back in dirty streams.
	 * @param bytes how many, 0 or more
	 */
	public void skip(int bytes) {
		this.skipped += bytes;
	}

	/**
	 * How many bytes were skipped since this was asked last.
	 * @return bytes, 0 or more
	 */
	public long takeSkipped() {
		long taken = this.skipped;
		this.skipped = 0;
		return taken;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * Where the body begins.
	 * @return an absolute index into the buffer that was decoded
	 */
	public int bodyIndex() {
		return this.bodyIndex;
	}

	/**
	 * How long the body is.
	 * @return bytes, 0 or more
	 */
	public int bodyLength() {
		return this.bodyLength;
	}

}
