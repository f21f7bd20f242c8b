package io.zinx.lane;

import io.netty.buffer.ByteBuf;

/**
 * A lane, as the task sees it that runs on it. On the thread inside the lane.
 */
interface LaneRun {

	/**
	 * Whether a message may be handled here and now.
	 * @param msgId its number
	 */
	boolean mayHandle(long msgId);

	/**
	 * Whether a task of the application may be run in this turn.
	 */
	boolean mayCall();

	/**
	 * Whether messages that wait are dropped, because this side closed the connection.
	 */
	boolean dropsWaiting();

	/**
	 * So many messages wait no longer.
	 * @param messages 0 or more
	 */
	void taken(int messages);

	/**
	 * So much memory is held no longer.
	 * @param bytes 0 or more
	 */
	void givenBack(int bytes);

	/**
	 * A batch of messages has waited for its runner.
	 * @param nanos how long
	 */
	void waited(long nanos);

	/**
	 * Handle a message.
	 * @param msgId its number
	 * @param buffer the buffer its body lies in
	 * @param bodyIndex where the body begins
	 * @param bodyLength how long it is
	 */
	void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength);

}
