package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Until when a stop may wait. Can be brought forward while it waits, never put off.
 */
final class StopDeadline {

	private static final long NONE = Long.MAX_VALUE;

	private final long origin = System.nanoTime();

	private final AtomicLong deadline = new AtomicLong(NONE);

	void reset() {
		this.deadline.set(NONE);
	}

	void bringForward(Duration fromNow) {
		long wanted = now() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, fromNow.toMillis()));
		this.deadline.accumulateAndGet(wanted, Math::min);
	}

	boolean isOver() {
		return now() >= this.deadline.get();
	}

	private long now() {
		return System.nanoTime() - this.origin;
	}

}
