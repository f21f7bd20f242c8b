package io.zinx.diagnostics;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets a few lines a second through and counts the others, so that what peers or routers
 * do again and again does not fill a disk. Any thread.
 */
public final class LogThrottle {

	private static final long PERIOD_NANOS = 1_000_000_000L;

	private final LongSupplier nanoTime;

	private final int linesPerSecond;

	private long periodStart;

	private int lines;

	private long withheld;

	/**
	 * Make a throttle.
	 * @param linesPerSecond how many lines to let through in a second, 1 or more
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public LogThrottle(int linesPerSecond, LongSupplier nanoTime) {
		this.linesPerSecond = linesPerSecond;
		this.nanoTime = nanoTime;
		this.periodStart = nanoTime.getAsLong();
	}

	/**
	 * Log, unless there were enough lines in this second.
	 * @param line logs; is given the number of lines withheld since the last one
	 */
	public void log(LongConsumer line) {
		long before = permit();
		if (before >= 0) {
			logSafely(() -> line.accept(before));
		}
	}

	/**
	 * Log, and survive a line that cannot be written, for example because the message of
	 * an exception of the application throws in its turn.
	 * @param line logs
	 */
	@SuppressWarnings("EmptyCatch")
	public static void logSafely(Runnable line) {
		try {
			line.run();
		}
		catch (Throwable ex) {
			// There is nowhere left to say it.
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
