package io.zinx.dispatch;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionLane;

/**
 * The way of one connection's messages and hooks to the code that handles them: one at a
 * time, in order. All methods but {@link #execute} are called on the connection's event
 * loop.
 * <p>
 * Frames are handed over in batches: {@link #open} says how many may be cut out of a
 * buffer, {@link #frame} takes each, {@link #close} ends the batch.
 */
public interface Lane extends ConnectionLane {

	/**
	 * The connection was admitted: run {@code onStart}, then {@link Reader#begin()}.
	 */
	void start();

	/**
	 * Begin a batch.
	 * @param buffer the bytes its frames lie in
	 * @param wanted the most frames that can be in it, 1 or more
	 * @return how many may be cut out; 0 for none now, {@link Reader#resume()} will be
	 * called
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

	/**
	 * All that was ready has been read: see that it is handled and answered.
	 */
	void readComplete();

	/**
	 * Nothing more will come: close the connection once what came is handled.
	 * @param reason why
	 */
	void end(CloseReason reason);

	/**
	 * The socket is closed: run {@code onStop} once all is handled, then forget the
	 * connection.
	 */
	void socketClosed();

	/**
	 * More waits to be written than the high-water mark allows.
	 */
	void congested();

	/**
	 * The outbound backlog is written: go on handling.
	 */
	void relieved();

}
