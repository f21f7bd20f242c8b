package io.zinx.lane;

import io.netty.buffer.ByteBuf;

/**
 * The view of a lane that its running task has. Only for the thread that runs the lane.
 */
interface LaneRun {

	/**
	 * True if a message may be handled by this runner in this turn.
	 * @param msgId its number
	 */
	boolean mayHandle(long msgId);

	/**
	 * True if a task of the application may run in this turn.
	 */
	boolean mayCall();

	/**
	 * True if waiting messages are dropped, because this side closed the connection.
	 */
	boolean dropsWaiting();

	/**
	 * Some messages are dropped without being handled.
	 * @param messages their number, 1 or more
	 */
	void dropped(int messages);

	/**
	 * Some messages wait no longer.
	 * @param messages their number, 0 or more
	 */
	void taken(int messages);

	/**
	 * Some memory is held no longer.
	 * @param bytes its size, 0 or more
	 */
	void givenBack(int bytes);

	/**
	 * A batch of messages has waited for its runner.
	 * @param nanos the waiting time in nanoseconds
	 */
	void waited(long nanos);

	/**
	 * Handle a message.
	 * @param msgId its number
	 * @param buffer the buffer with its body
	 * @param bodyIndex the index of the body
	 * @param bodyLength the length of the body in bytes
	 */
	void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength);

}
