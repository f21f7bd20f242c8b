package io.zinx.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A timeout that is extended while the peer makes progress. Event loop only.
 */
final class ProgressTimeout {

	private final LongSupplier nanoTime;

	private final long nanos;

	private long progress = -1;

	private long since;

	ProgressTimeout(LongSupplier nanoTime, Duration beyond) {
		this.nanoTime = nanoTime;
		this.nanos = beyond.toNanos();
	}

	/**
	 * Start the timeout.
	 */
	void begin() {
		this.since = this.nanoTime.getAsLong();
	}

	/**
	 * Check the timeout, and extend it after progress.
	 * @param progress a number that grows with the progress of the peer, 0 or more
	 * @param awaited whether progress depends on the peer
	 */
	boolean lasts(long progress, boolean awaited) {
		if (progress != this.progress || !awaited) {
			this.progress = progress;
			begin();
			return true;
		}
		return lasts();
	}

	/**
	 * True if the time is not over, without a check of progress.
	 */
	boolean lasts() {
		return this.nanoTime.getAsLong() - this.since < this.nanos;
	}

}
