package io.zinx.lane;

import io.netty.buffer.ByteBuf;

/**
 * The receiver of the decoded frames of one connection: its {@link Lane}, or a gate in
 * front of it that refuses messages ({@link #frame} does not pass them on) or pauses
 * reading ({@link #open} returns 0). Event loop only.
 * <p>
 * Frames are passed in batches: {@link #open} returns the number that may be decoded from
 * a buffer, {@link #frame} takes each, {@link #close} ends the batch.
 */
public interface FrameSink {

	/**
	 * Begin a batch.
	 * @param buffer the buffer with its frames
	 * @param wanted the most frames that can be in it, 1 or more
	 * @return the number that may be decoded; 0 for none now, {@link Reader#resume()}
	 * will be called then
	 */
	int open(ByteBuf buffer, int wanted);

	/**
	 * Take a frame. Only between {@link #open} and {@link #close}.
	 * @param msgId its message number
	 * @param bodyIndex the index of its body in the buffer
	 * @param bodyLength the length of its body in bytes
	 * @return whether the next frame may be decoded
	 */
	boolean frame(long msgId, int bodyIndex, int bodyLength);

	/**
	 * End a batch. The buffer is retained if it is still needed.
	 */
	void close();

}
