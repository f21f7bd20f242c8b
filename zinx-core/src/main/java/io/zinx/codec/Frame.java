package io.zinx.codec;

/**
 * The result of a {@link FrameDecoder}: the message number and the position of the body
 * in the decoded buffer. One instance is filled again for every frame, on one event loop.
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
	 * Report bytes that belong to no frame and were skipped, for decoders that search for
	 * the next frame.
	 * @param bytes the number of bytes, 0 or more
	 */
	public void skip(int bytes) {
		this.skipped += bytes;
	}

	/**
	 * The number of bytes skipped since the last call of this method.
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
	 * The index of the first byte of the body.
	 * @return an absolute index into the buffer that was decoded
	 */
	public int bodyIndex() {
		return this.bodyIndex;
	}

	/**
	 * The length of the body.
	 * @return bytes, 0 or more
	 */
	public int bodyLength() {
		return this.bodyLength;
	}

}
