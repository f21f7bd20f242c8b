package io.zinx.worker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;

/**
 * Waits for what other threads do, and fails when it does not come.
 */
final class Patience {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final int SPINS = 500;

	/** About as many nanoseconds as two threads are apart that were told the same. */
	private static final int MOST_STEPS = 127;

	/** Volatile, so that counting takes its time. */
	private static volatile int step = 1;

	private Patience() {
	}

	static void await(CountDownLatch latch) throws InterruptedException {
		if (!latch.await(LONG.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new AssertionError(latch.getCount() + " are missing after " + LONG);
		}
	}

	static void until(Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).atMost(LONG).until(condition);
	}

	/**
	 * Notice within nanoseconds, so that what is done next meets a thread that has just
	 * finished.
	 */
	static void spinUntil(BooleanSupplier condition) {
		long start = System.nanoTime();
		for (int i = 0; !condition.getAsBoolean(); i++) {
			if (i < SPINS) {
				Thread.onSpinWait();
				continue;
			}
			LockSupport.parkNanos(1);
			if (System.nanoTime() - start > LONG.toNanos()) {
				throw new AssertionError("Waited in vain for " + LONG);
			}
		}
	}

	/**
	 * Let some nanoseconds pass, another number of them in each round, to try all that
	 * may come between two threads.
	 */
	static void linger(int round) {
		int steps = round % MOST_STEPS;
		int taken = 0;
		while (taken < steps) {
			taken += step;
		}
	}

	/**
	 * Be held up for a while, as in a call that waits.
	 */
	static void pause(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() - end < 0) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	/**
	 * Wait for a latch on a thread that must not throw.
	 */
	static void awaitQuietly(CountDownLatch latch) {
		try {
			await(latch);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
