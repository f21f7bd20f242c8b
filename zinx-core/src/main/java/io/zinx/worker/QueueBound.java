package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bound of a queue of messages: of one worker, or of one connection. Any thread.
 */
public final class QueueBound {

	private final int bound;

	/** Messages that wait, or are about to be put. */
	private final AtomicInteger waiting = new AtomicInteger();

	private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

	/**
	 * Create a bound.
	 * @param bound the most messages that may wait, 1 or more
	 */
	public QueueBound(int bound) {
		this.bound = bound;
	}

	/**
	 * The number of messages that wait.
	 * @return 0 or more
	 */
	public int waiting() {
		return this.waiting.get();
	}

	/**
	 * Reserve room for messages.
	 * @param wanted the most that are wanted
	 * @return the number that may be put, 0 to {@code wanted}
	 */
	public int reserve(int wanted) {
		for (;;) {
			int now = this.waiting.get();
			int granted = Math.min(wanted, this.bound - now);
			if (granted <= 0) {
				return 0;
			}
			if (this.waiting.compareAndSet(now, now + granted)) {
				return granted;
			}
		}
	}

	/**
	 * Give room back.
	 * @param messages the number of messages that wait no longer, 0 or more
	 */
	public void release(int messages) {
		if (messages == 0) {
			return;
		}
		int now = this.waiting.addAndGet(-messages);
		if (now <= this.bound / 2 && !this.waiters.isEmpty()) {
			tellRoom();
		}
	}

	/**
	 * Call somebody once when half of the bound is free.
	 * @param waiter who is called, by the thread that gives room back, or by this one
	 */
	public void await(Waiter waiter) {
		this.waiters.add(waiter);
		if (this.waiting.get() <= this.bound / 2) {
			tellRoom();
		}
	}

	private void tellRoom() {
		Waiter waiter = this.waiters.poll();
		while (waiter != null) {
			waiter.spaceAvailable();
			waiter = this.waiters.poll();
		}
	}

	/**
	 * One who waits for room. Any thread.
	 */
	@FunctionalInterface
	public interface Waiter {

		/**
		 * There is room again.
		 */
		void spaceAvailable();

	}

}
