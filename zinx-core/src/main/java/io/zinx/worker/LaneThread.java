package io.zinx.worker;

/**
 * The thread that runs a {@link LaneWork}, as that work sees it.
 */
interface LaneThread {

	/**
	 * Run a lane, and survive what it throws. On this thread.
	 * @param lane the lane
	 */
	void run(LaneJob lane);

	/**
	 * True if the work may go on with another lane. Otherwise it lets go of the thread,
	 * and waits for one again if it has lanes left. On this thread.
	 * @param now the time in nanoseconds, as {@link System#nanoTime()}
	 * @return whether it may
	 */
	boolean goesOn(long now);

}
