package io.zinx.inbound;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of one event loop, which alone writes them; any thread reads.
 */
final class LoopCounts {

	/** The sum of all memory that was passed to lanes. */
	static final int HANDED = 0;

	/** The memory of bytes that are not decoded. */
	static final int KEPT = 1;

	/** The part of it that belongs to incomplete frames. */
	static final int INCOMPLETE = 2;

	/**
	 * The time of the first byte of the oldest incomplete frame; without a meaning if
	 * there is none.
	 */
	static final int OLDEST = 3;

	static final int CONNECTIONS = 4;

	/** The number of paused connections. */
	static final int PAUSED = 5;

	private static final int SIZE = 6;

	/**
	 * The unused cells at both ends, so that two event loops never share a cache line.
	 */
	private static final int PADDING = 16;

	private final AtomicLongArray cells = new AtomicLongArray(PADDING + SIZE + PADDING);

	/**
	 * Add to a number. Event loop only.
	 */
	void add(int number, int value) {
		this.cells.setOpaque(PADDING + number, this.cells.getPlain(PADDING + number) + value);
	}

	/**
	 * Set a number. Event loop only.
	 */
	void set(int number, long value) {
		this.cells.setOpaque(PADDING + number, value);
	}

	/**
	 * Read a number. Any thread.
	 */
	long get(int number) {
		return this.cells.getOpaque(PADDING + number);
	}

}
