package io.zinx.lane;

/**
 * A lane that waits for an answer on an event loop. Any thread.
 */
interface WaitingLane {

	/**
	 * End the wait, because the server has stopped.
	 */
	void giveUpWaiting();

}
