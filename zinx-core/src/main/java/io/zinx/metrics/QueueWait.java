package io.zinx.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long batches of messages waited for a thread to handle them, of those that were
 * measured. Any thread.
 */
public final class QueueWait {

	private final LongAdder measured = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	/**
	 * A batch that is measured has waited.
	 * @param nanos how long, in nanoseconds; less than 0 counts as 0
	 */
	public void add(long nanos) {
		this.measured.increment();
		this.nanos.add(Math.max(0, nanos));
	}

	/**
	 * Batches that were measured.
	 * @return how many
	 */
	public long measured() {
		return this.measured.sum();
	}

	/**
	 * How long they waited together.
	 * @return milliseconds, with a fraction
	 */
	public double millis() {
		return this.nanos.sum() / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

}
