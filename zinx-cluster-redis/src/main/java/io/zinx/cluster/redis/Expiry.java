package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A timer that runs while replies are awaited, and fails those whose time is over. Any
 * thread.
 */
final class Expiry {

	private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final BackplaneRun run;

	private final long timeoutNanos;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	Expiry(BackplaneRun run, Duration timeout) {
		this.run = run;
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Note that a reply is awaited from now on.
	 */
	void begin() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.run.loop().schedule(this::expire, this.timeoutNanos);
		}
	}

	private void expire() {
		long next = next();
		if (next < 0) {
			this.scheduled.set(false);
			// A reply may be awaited since the look.
			next = next();
			if (next < 0 || !this.scheduled.compareAndSet(false, true)) {
				return;
			}
		}
		this.run.loop().schedule(this::expire, Math.max(next, SHORTEST_NANOS));
	}

	private long next() {
		Link link = this.run.link();
		return (link != null) ? link.expire() : -1;
	}

}
