package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits for answers, for each one the same time, so that the first one is always the next
 * to expire. There is a timer only while something waits. Any thread.
 */
final class Deadlines {

	private final ScheduledExecutorService scheduler;

	private final LongSupplier nanoTime;

	private final long timeoutNanos;

	/** Those that wait, and until when; guarded by this, as the next field. */
	private final Map<Waiting, Long> waiting = new LinkedHashMap<>();

	private boolean timed;

	Deadlines(ScheduledExecutorService scheduler, LongSupplier nanoTime, Duration timeout) {
		this.scheduler = scheduler;
		this.nanoTime = nanoTime;
		this.timeoutNanos = timeout.toNanos();
	}

	void add(Waiting added) {
		synchronized (this) {
			this.waiting.put(added, this.nanoTime.getAsLong() + this.timeoutNanos);
			if (this.timed) {
				return;
			}
			this.timed = true;
		}
		this.scheduler.schedule(this::expire, this.timeoutNanos, TimeUnit.NANOSECONDS);
	}

	synchronized void remove(Waiting removed) {
		this.waiting.remove(removed);
	}

	synchronized int size() {
		return this.waiting.size();
	}

	private void expire() {
		List<Waiting> expired = new ArrayList<>();
		long next = takeExpired(expired);
		if (next >= 0) {
			this.scheduler.schedule(this::expire, next, TimeUnit.NANOSECONDS);
		}
		expired.forEach(Waiting::expired);
	}

	/**
	 * Let everything expire, whatever its time.
	 */
	void expireAll() {
		List<Waiting> expired;
		synchronized (this) {
			expired = List.copyOf(this.waiting.keySet());
			this.waiting.clear();
		}
		expired.forEach(Waiting::expired);
	}

	/**
	 * Take out what has expired.
	 * @return the nanoseconds until the next one expires, or -1 if nothing waits
	 */
	private synchronized long takeExpired(List<Waiting> expired) {
		long now = this.nanoTime.getAsLong();
		Iterator<Map.Entry<Waiting, Long>> all = this.waiting.entrySet().iterator();
		while (all.hasNext()) {
			Map.Entry<Waiting, Long> first = all.next();
			long left = first.getValue() - now;
			if (left > 0) {
				return left;
			}
			expired.add(first.getKey());
			all.remove();
		}
		this.timed = false;
		return -1;
	}

	/**
	 * Something that waits. Equal to itself only.
	 */
	interface Waiting {

		/**
		 * The time is over. Called once at most, with no lock held; throws nothing. May
		 * race with the answer.
		 */
		void expired();

	}

}
