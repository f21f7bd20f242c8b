package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The deadline of a stop. It can be brought forward during the wait, but not extended.
 * Any thread.
 */
final class StopDeadline {

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final long NONE = Long.MAX_VALUE;

	private final long origin = System.nanoTime();

	private final AtomicLong deadline = new AtomicLong(NONE);

	void bringForward(Duration fromNow) {
		Duration wait = fromNow.isNegative() ? Duration.ZERO : fromNow;
		long wanted = now() + ((wait.compareTo(LONGEST) < 0) ? wait : LONGEST).toNanos();
		this.deadline.accumulateAndGet(wanted, Math::min);
	}

	/**
	 * Create a deadline that is over after some time.
	 */
	static StopDeadline in(Duration fromNow) {
		StopDeadline deadline = new StopDeadline();
		deadline.bringForward(fromNow);
		return deadline;
	}

	boolean isOver() {
		return now() >= this.deadline.get();
	}

	/**
	 * The time left until the deadline has been over for some time.
	 */
	Duration leftUntilOverFor(Duration time) {
		long end = this.deadline.get();
		return (end == NONE) ? LONGEST : Duration.ofNanos(Math.max(0, end + time.toNanos() - now()));
	}

	private long now() {
		return System.nanoTime() - this.origin;
	}

}
