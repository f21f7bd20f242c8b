package io.zinx.worker;

import java.util.concurrent.TimeUnit;

/**
 * The pace of a worker's handlers. A slow worker should not run on the thread of an event
 * loop, because others would wait until the watcher notices. For the thread that has the
 * worker.
 * <p>
 * One slow lane says nothing: its thread may have lost its processor.
 */
final class Pace {

	private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	private static final int SLOW_IN_A_ROW = 4;

	private static final int QUICK_IN_A_ROW = 64;

	private boolean slow;

	/** The number of lanes in a row that were not as the worker is said to be. */
	private int others;

	boolean isSlow() {
		return this.slow;
	}

	/**
	 * Note a lane that was run.
	 * @param nanos how long that took
	 * @param lane the lane
	 * @return whether the worker has become slow with it
	 */
	boolean note(long nanos, LaneJob lane) {
		boolean wasSlow = nanos > SLOW_NANOS && nanos > SLOW_NANOS * lane.handled();
		if (wasSlow == this.slow) {
			this.others = 0;
			return false;
		}
		if (++this.others < (this.slow ? QUICK_IN_A_ROW : SLOW_IN_A_ROW)) {
			return false;
		}
		this.others = 0;
		this.slow = wasSlow;
		return wasSlow;
	}

}
