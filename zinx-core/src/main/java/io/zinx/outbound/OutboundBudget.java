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

	private final SlowPeers slow = new SlowPeers();

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

	/**
	 * Whether a message is long, and would go over the bound.
	 * @param length its bytes
	 */
	boolean isTooLong(long length) {
		return length > STEP && lacks(length);
	}

	/**
	 * Whether there is less room than this.
	 */
	boolean lacks(long bytes) {
		return this.used.get() + bytes > this.max;
	}

	/**
	 * Close connections that have not read for the longest time until there is room. Any
	 * thread, without a lock.
	 * @param bytes for how much
	 * @param asking who needs it, and is not closed
	 * @return whether there is; {@code false} also if no other has not read for longer
	 * than {@code asking}
	 */
	boolean makeRoom(long bytes, SlowPeer asking) {
		while (lacks(bytes)) {
			SlowPeer slowest = this.slow.slowest();
			if (slowest == null || slowest == asking) {
				return false;
			}
			slowest.closeAsSlow();
			this.slow.remove(slowest);
		}
		return true;
	}

	/**
	 * A connection has become congested, perhaps some time ago. Any thread.
	 * @param peer the connection
	 */
	public void congested(SlowPeer peer) {
		this.slow.add(peer);
		if (!peer.isSlow()) {
			this.slow.remove(peer);
		}
	}

	/**
	 * A connection is congested no longer. Any thread.
	 * @param peer the connection
	 */
	public void relieved(SlowPeer peer) {
		this.slow.remove(peer);
	}

	boolean isExceeded() {
		return this.used.get() > this.max;
	}

}
