package io.zinx.heartbeat;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hashed timer wheel: deadlines of any number of entries for one timer. For one thread,
 * so without a lock; entries are the links of its lists, so arming one allocates nothing.
 *
 * <pre>
 *   buckets   0    1    2    3   ...  511      one for each tick, modulo 512
 *             |         |
 *           entry     entry                    deadlines of this round and of later
 *             |                                ones; the later ones stay
 *           entry
 * </pre>
 *
 * An entry is due in the first tick that is not before its deadline: never early, and at
 * most one tick late.
 */
final class TimerWheel {

	private static final Logger logger = LoggerFactory.getLogger(TimerWheel.class);

	private static final int SIZE = 512;

	private static final int MASK = SIZE - 1;

	private final long tickNanos;

	private final long start;

	private final @Nullable Entry[] buckets = new Entry[SIZE];

	/** The rest of the bucket that is being processed. */
	private @Nullable Entry firing;

	/** The tick up to which all due entries were called. */
	private long done;

	private int size;

	/**
	 * Create an empty wheel.
	 * @param tickNanos the length of a tick
	 * @param now the time
	 */
	TimerWheel(long tickNanos, long now) {
		this.tickNanos = tickNanos;
		this.start = now;
	}

	int size() {
		return this.size;
	}

	/**
	 * The time until an entry may be due.
	 * @param now the time
	 * @return nanoseconds until the next tick, 0 or more
	 */
	long untilNextTick(long now) {
		return Math.max(0, this.start + (this.done + 1) * this.tickNanos - now);
	}

	/**
	 * Arm an entry, or arm it anew.
	 * @param entry the entry
	 * @param deadline its deadline; one in the past is due at the next tick
	 * @param now the time
	 */
	void arm(Entry entry, long deadline, long now) {
		if (this.size == 0) {
			this.done = Math.max(this.done, (now - this.start) / this.tickNanos);
		}
		remove(entry);
		entry.tick = Math.max(this.done + 1, ceilDiv(deadline - this.start, this.tickNanos));
		entry.armed = true;
		link(entry);
		this.size++;
	}

	private static long ceilDiv(long dividend, long divisor) {
		return -Math.floorDiv(-dividend, divisor);
	}

	/**
	 * Disarm an entry; nothing happens if it is not armed.
	 * @param entry the entry
	 */
	void remove(Entry entry) {
		if (entry.armed) {
			unlink(entry);
			entry.armed = false;
			this.size--;
		}
	}

	/**
	 * Call all entries that are due. Entries armed meanwhile are due in a later call.
	 * @param now the time
	 */
	void advance(long now) {
		long last = (now - this.start) / this.tickNanos;
		long from = Math.max(this.done + 1, last - MASK);
		this.done = Math.max(this.done, last);
		for (long tick = from; tick <= last; tick++) {
			fire((int) tick & MASK, last, now);
		}
	}

	private void fire(int bucket, long last, long now) {
		Entry first = this.buckets[bucket];
		this.buckets[bucket] = null;
		this.firing = first;
		for (Entry entry = first; entry != null; entry = this.firing) {
			unlink(entry);
			if (entry.tick > last) {
				link(entry);
				continue;
			}
			entry.armed = false;
			this.size--;
			due(entry, now);
		}
	}

	private static void due(Entry entry, long now) {
		try {
			entry.due(now);
		}
		catch (Throwable ex) {
			logger.error("Internal error: the timeouts of {} are no longer checked. Please report it", entry, ex);
		}
	}

	private void link(Entry entry) {
		int bucket = (int) entry.tick & MASK;
		Entry next = this.buckets[bucket];
		entry.next = next;
		if (next != null) {
			next.previous = entry;
		}
		this.buckets[bucket] = entry;
	}

	private void unlink(Entry entry) {
		Entry next = entry.next;
		Entry previous = entry.previous;
		if (next != null) {
			next.previous = previous;
		}
		if (previous != null) {
			previous.next = next;
		}
		else if (this.firing == entry) {
			this.firing = next;
		}
		else {
			this.buckets[(int) entry.tick & MASK] = next;
		}
		entry.next = null;
		entry.previous = null;
	}

	/**
	 * An entry with a deadline.
	 */
	abstract static class Entry {

		private @Nullable Entry next;

		private @Nullable Entry previous;

		private long tick;

		private boolean armed;

		/**
		 * The deadline is past. The entry is no longer armed; it may be armed again.
		 * @param now the time
		 */
		abstract void due(long now);

	}

}
