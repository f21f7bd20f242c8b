package io.zinx.cluster;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound for the bytes that wait for something. Any thread.
 */
final class ByteBudget {

	private final long most;

	private final AtomicLong taken = new AtomicLong();

	ByteBudget(long most) {
		this.most = most;
	}

	/**
	 * Take bytes, if so many are left.
	 * @param bytes how many
	 * @return whether they are taken
	 */
	boolean take(long bytes) {
		if (bytes > this.most) {
			return false;
		}
		if (this.taken.addAndGet(bytes) <= this.most) {
			return true;
		}
		giveBack(bytes);
		return false;
	}

	void takeAnyway(long bytes) {
		this.taken.addAndGet(bytes);
	}

	void giveBack(long bytes) {
		this.taken.addAndGet(-bytes);
	}

	long taken() {
		return this.taken.get();
	}

}
