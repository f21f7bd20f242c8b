package io.zinx.diagnostics;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A limit for repeated log lines: logs a few of them each second and counts the others,
 * so that peers and routers cannot fill a disk. Any thread.
 */
public final class LogThrottle {

	private static final long PERIOD_NANOS = 1_000_000_000L;

	private final LongSupplier nanoTime;

	private final int linesPerSecond;

	private long periodStart;

	private int lines;

	private long withheld;

	/**
	 * Create a throttle.
	 * @param linesPerSecond the most lines in a second, 1 or more
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public LogThrottle(int linesPerSecond, LongSupplier nanoTime) {
		this.linesPerSecond = linesPerSecond;
		this.nanoTime = nanoTime;
		this.periodStart = nanoTime.getAsLong();
	}

	/**
	 * Log, unless there were enough lines in this second.
	 * @param line logs; called with the number of lines withheld since the last one
	 */
	public void log(LongConsumer line) {
		long before = permit();
		if (before >= 0) {
			logSafely(() -> line.accept(before));
		}
	}

	/**
	 * Log, and ignore every exception of that, for example of an exception of the
	 * application whose message throws.
	 * @param line logs
	 */
	@SuppressWarnings("EmptyCatch")
	public static void logSafely(Runnable line) {
		try {
			line.run();
		}
		catch (Throwable ex) {
			// There is no other place to report it.
		}
	}

	private synchronized long permit() {
		long now = this.nanoTime.getAsLong();
		if (now - this.periodStart >= PERIOD_NANOS) {
			this.periodStart = now;
			this.lines = 0;
		}
		if (this.lines == this.linesPerSecond) {
			this.withheld++;
			return -1;
		}
		this.lines++;
		long before = this.withheld;
		this.withheld = 0;
		return before;
	}

}
