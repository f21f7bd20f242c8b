package io.zinx.outbound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections of a server together may keep waiting. A connection reports what
 * it holds in steps of {@value #STEP} bytes, so that one without a backlog never touches
 * the shared number.
 */
public final class OutboundBudget {

	static final int STEP = 16 * 1024;

	private final AtomicLong used = new AtomicLong();

	private final long max;

	/**
	 * Make a budget.
	 * @param max the most bytes that may wait on all connections together
	 */
	public OutboundBudget(long max) {
		this.max = max;
	}

	void add(long bytes) {
		this.used.addAndGet(bytes);
	}

	/**
	 * How much waits, as far as it was reported. Any thread.
	 * @return bytes
	 */
	public long used() {
		return this.used.get();
	}

	boolean isExceeded() {
		return this.used.get() > this.max;
	}

}
