package io.zinx.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.zinx.cluster.PushState;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;

/**
 * Pushes to one receiver after the other, from one thread.
 */
final class Pushing {

	/** The message number of pushes. */
	static final long PUSHED = 1;

	/** Pushes that are not acknowledged, at full speed. */
	private static final int MOST_IN_FLIGHT = 4096;

	private static final double NANOS_PER_SECOND = 1e9;

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	private final ZinxCluster cluster;

	private final AtomicLong completed = new AtomicLong();

	private final AtomicLong notSent = new AtomicLong();

	Pushing(ZinxCluster cluster) {
		this.cluster = cluster;
	}

	/**
	 * The key of a receiver.
	 */
	static String key(int index) {
		return "receiver-" + index;
	}

	static void pause() {
		LockSupport.parkNanos(PAUSE_NANOS);
	}

	/**
	 * Push for some time.
	 * @param rate pushes a second; 0 for as many as there can be; less than 0 for the
	 * clock of that rate alone, without pushes
	 * @param burst how many pushes are made one after the other, 1 or more, before the
	 * time of the next ones is waited for
	 * @param nanos how long
	 * @param receivers the number of receivers
	 * @param length the length of the body, which begins with the time
	 * @return the number of pushes
	 */
	long push(int rate, int burst, long nanos, int receivers, int length) {
		this.completed.set(0);
		this.notSent.set(0);
		String[] keys = new String[receivers];
		for (int i = 0; i < receivers; i++) {
			keys[i] = key(i);
		}
		double interval = (rate == 0) ? 0 : NANOS_PER_SECOND / Math.abs(rate);
		long start = System.nanoTime();
		long made = 0;
		while (System.nanoTime() - start < nanos) {
			if (rate == 0) {
				awaitRoom(made);
			}
			else if (made % burst == 0) {
				awaitTime(start + (long) (made * interval));
			}
			if (rate >= 0) {
				push(keys[(int) (made % receivers)], length);
			}
			made++;
		}
		awaitEnd((rate >= 0) ? made : 0);
		return made;
	}

	/**
	 * The number of pushes of the last call that were not reported as sent.
	 */
	long notSent() {
		return this.notSent.get();
	}

	private void push(String key, int length) {
		byte[] body = new byte[length];
		ByteBuffer.wrap(body).putLong(System.nanoTime());
		this.cluster.send(PushTarget.key(key), PUSHED, body).thenAccept((result) -> {
			if (result.state() != PushState.SENT) {
				this.notSent.incrementAndGet();
			}
			this.completed.incrementAndGet();
		});
	}

	private void awaitRoom(long made) {
		while (made - this.completed.get() >= MOST_IN_FLIGHT) {
			pause();
		}
	}

	private static void awaitTime(long due) {
		long wait = due - System.nanoTime();
		while (wait > 0) {
			LockSupport.parkNanos(wait);
			wait = due - System.nanoTime();
		}
	}

	private void awaitEnd(long made) {
		while (this.completed.get() < made) {
			pause();
		}
	}

}
