package io.zinx.inbound;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbers of one event loop. It alone writes them; any thread reads.
 */
final class LoopCounts {

	/** All the memory that was ever handed to lanes. */
	static final int HANDED = 0;

	/** The memory of bytes that are not cut. */
	static final int KEPT = 1;

	/** That part of it that belongs to frames whose rest has not come. */
	static final int BEGUN = 2;

	/**
	 * The time at which the oldest of these was begun; means nothing if there is none.
	 */
	static final int OLDEST = 3;

	static final int CONNECTIONS = 4;

	/** Connections that are not read. */
	static final int PAUSED = 5;

	private static final int SIZE = 6;

	/** So that two event loops never share a cache line. */
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
