package io.zinx.worker;

/**
 * A queue of work that waits for a thread.
 */
public interface WorkQueue {

	/**
	 * Put work behind what waits. Any thread.
	 * @param work the work, which is in no queue
	 */
	void put(LaneWork work);

}
