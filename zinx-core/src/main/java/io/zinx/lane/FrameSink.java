package io.zinx.lane;

import io.netty.buffer.ByteBuf;

/**
 * Takes the frames of one connection as they are cut out of a buffer: its {@link Lane},
 * or a gate in front of it that refuses messages ({@link #frame} keeps them to itself) or
 * pauses reading ({@link #open} grants none). Event loop only.
 * <p>
 * Frames are handed over in batches: {@link #open} says how many may be cut out of a
 * buffer, {@link #frame} takes each, {@link #close} ends the batch.
 */
public interface FrameSink {

	/**
	 * Begin a batch.
	 * @param buffer the bytes its frames lie in
	 * @param wanted the most frames that can be in it, 1 or more
	 * @return the number that may be cut out; 0 for none now, {@link Reader#resume()}
	 * will be called
	 */
	int open(ByteBuf buffer, int wanted);

	/**
	 * Take a frame. Only between {@link #open} and {@link #close}.
	 * @param msgId its message number
	 * @param bodyIndex where its body begins in the buffer
	 * @param bodyLength how long its body is
	 * @return whether the next frame may be cut out
	 */
	boolean frame(long msgId, int bodyIndex, int bodyLength);

	/**
	 * End a batch. The buffer is retained if it is still needed.
	 */
	void close();

}
