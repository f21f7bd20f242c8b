package io.zinx.dispatch;

/**
 * Something to be done on a lane, after what was put there before.
 */
interface LaneTask {

	/**
	 * Do it. On the thread that runs the lane.
	 * @param lane the lane
	 * @return whether it is done; otherwise it is called again later
	 */
	boolean run(QueueLane lane);

	/**
	 * It will not be done, or not go on: give back what it holds.
	 * @param lane the lane
	 */
	default void abandon(QueueLane lane) {
	}

}
