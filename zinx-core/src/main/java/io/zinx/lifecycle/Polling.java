package io.zinx.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits by polling for conditions without notification, on threads that may block.
 */
public final class Polling {

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private Polling() {
	}

	/**
	 * Wait for a condition.
	 * @param condition checked once a millisecond
	 * @param isOver ends the wait; checked as often
	 * @return whether the condition holds
	 */
	public static boolean await(BooleanSupplier condition, BooleanSupplier isOver) {
		while (!condition.getAsBoolean()) {
			if (isOver.getAsBoolean()) {
				return false;
			}
			LockSupport.parkNanos(PERIOD_NANOS);
		}
		return true;
	}

	/**
	 * Wait for a condition for some time.
	 * @param condition checked once a millisecond
	 * @param timeout the longest wait; zero or less for none
	 * @return whether the condition holds
	 */
	public static boolean await(BooleanSupplier condition, Duration timeout) {
		long start = System.nanoTime();
		return await(condition, () -> System.nanoTime() - start > timeout.toNanos());
	}

}
