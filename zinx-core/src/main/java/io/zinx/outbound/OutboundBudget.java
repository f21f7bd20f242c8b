package io.zinx.outbound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The queue bound of all connections of a server together. A connection reports its
 * waiting bytes in steps of {@value #STEP} bytes, so that one without a backlog never
 * touches the shared number.
 */
public final class OutboundBudget {

	static final int STEP = 16 * 1024;

	private final AtomicLong used = new AtomicLong();

	private final long max;

	private final SlowPeers slow = new SlowPeers();

	/**
	 * Create a budget.
	 * @param max the most bytes that may wait on all connections together
	 */
	public OutboundBudget(long max) {
		this.max = max;
	}

	void add(long bytes) {
		this.used.addAndGet(bytes);
	}

	/**
	 * The number of waiting bytes, as far as reported. Any thread.
	 * @return bytes
	 */
	public long used() {
		return this.used.get();
	}

	/**
	 * True if a message is long, and would exceed the bound.
	 * @param length its bytes
	 */
	boolean isTooLong(long length) {
		return length > STEP && lacks(length);
	}

	/**
	 * True if fewer bytes than this are free.
	 */
	boolean lacks(long bytes) {
		return this.used.get() + bytes > this.max;
	}

	/**
	 * Close the connections that have been congested for the longest time until enough
	 * bytes are free. Any thread, without a lock.
	 * @param bytes the number of bytes needed
	 * @param asking the connection that needs them, which is not closed
	 * @return whether they are free; {@code false} also if no other connection has been
	 * congested for longer than {@code asking}
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
	 * A connection has become congested, possibly some time ago. Any thread.
	 * @param peer the connection
	 */
	public void congested(SlowPeer peer) {
		this.slow.add(peer);
		if (!peer.isSlow()) {
			this.slow.remove(peer);
		}
	}

	/**
	 * A connection is no longer congested. Any thread.
	 * @param peer the connection
	 */
	public void relieved(SlowPeer peer) {
		this.slow.remove(peer);
	}

	boolean isExceeded() {
		return this.used.get() > this.max;
	}

}
