package io.zinx.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * The measured waiting times of batches of messages for a thread. Any thread.
 */
public final class QueueWait {

	private final LongAdder measured = new LongAdder();

	private final Measurement nanos = new Measurement();

	/**
	 * Add a listener for the waiting times that are measured from now on.
	 * @param listener called with nanoseconds, 0 or more, by the thread that begins to
	 * handle the batch; must neither block nor throw
	 */
	public void onMeasured(LongConsumer listener) {
		this.nanos.listen(listener);
	}

	/**
	 * Add the waiting time of a batch.
	 * @param nanos nanoseconds; less than 0 counts as 0
	 */
	public void add(long nanos) {
		this.measured.increment();
		this.nanos.add(Math.max(0, nanos));
	}

	/**
	 * The number of measured batches.
	 * @return 0 or more
	 */
	public long measured() {
		return this.measured.sum();
	}

	/**
	 * The sum of their waiting times.
	 * @return milliseconds, with a fraction
	 */
	public double millis() {
		return this.nanos.sum() / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

}
