package io.zinx.worker;

/**
 * Where work waits for a thread.
 */
public interface WorkQueue {

	/**
	 * Put work behind what waits. Any thread.
	 * @param work the work, which is in no queue
	 */
	void put(LaneWork work);

}
