package io.zinx.worker;

/**
 * Work that waits for a thread: a lane, or a worker with all of its lanes.
 */
interface LaneWork {

	/**
	 * Run it, on one thread at a time.
	 * @param thread the thread that has taken it
	 */
	void runOn(LaneThread thread);

}
