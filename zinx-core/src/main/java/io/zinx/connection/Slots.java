package io.zinx.connection;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import io.zinx.InvalidSettingException;

/**
 * The slots of {@code zinx.max-conn}, one for each connection. Exact: of any number of
 * clients that connect at the same time, never more and never fewer get one. Any thread.
 */
public final class Slots {

	/** Supplies their number; asked once. */
	private final IntSupplier supplied;

	/** Their number; 0 until it is first needed. */
	private volatile int max;

	private final AtomicInteger taken = new AtomicInteger();

	/**
	 * The queues of clients that wait for a slot, one for each server with that policy.
	 */
	private final List<Waiting> queues = new CopyOnWriteArrayList<>();

	Slots(int max) {
		this(() -> max);
		max();
	}

	/**
	 * Create slots whose number is known later.
	 * @param max supplies the number, 1 or more, when it is first needed
	 */
	Slots(IntSupplier max) {
		this.supplied = Objects.requireNonNull(max, "max");
	}

	/**
	 * The number of slots.
	 * @return 1 or more
	 */
	public int max() {
		int known = this.max;
		return (known > 0) ? known : supply();
	}

	/**
	 * Ask for the number. No lock is held: several threads may ask, and get the same
	 * answer.
	 */
	private int supply() {
		int given = this.supplied.getAsInt();
		this.max = InvalidSettingException.requireRange("max-conn", given, 1, Integer.MAX_VALUE);
		return given;
	}

	/**
	 * The number of slots that are taken.
	 * @return 0 to {@link #max()}
	 */
	public int taken() {
		return this.taken.get();
	}

	/**
	 * Take a slot.
	 * @return whether one was free
	 */
	public boolean take() {
		int most = max();
		int now = this.taken.get();
		while (now < most) {
			if (this.taken.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.taken.get();
		}
		return false;
	}

	/**
	 * Give back a slot; a client that waits for one gets it.
	 */
	public void giveBack() {
		this.taken.decrementAndGet();
		this.queues.forEach(Waiting::slotFreed);
	}

	/**
	 * Register a queue, which is notified of each slot that becomes free.
	 * @param queue the queue
	 */
	public void add(Waiting queue) {
		this.queues.add(queue);
	}

	/**
	 * Remove a queue.
	 * @param queue the queue
	 */
	public void remove(Waiting queue) {
		this.queues.remove(queue);
	}

	/**
	 * The number of clients that wait for a slot.
	 * @return 0 or more
	 */
	public int waiting() {
		return this.queues.stream().mapToInt(Waiting::size).sum();
	}

	/**
	 * A queue of clients that wait for a slot. Any thread.
	 */
	public interface Waiting {

		/**
		 * A slot has become free.
		 */
		void slotFreed();

		/**
		 * The number of clients that wait.
		 * @return 0 or more
		 */
		int size();

	}

}
