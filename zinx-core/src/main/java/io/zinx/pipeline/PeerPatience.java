package io.zinx.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lasts while a peer goes on with something, and for some time after that. Event loop
 * only.
 */
final class PeerPatience {

	private final LongSupplier nanoTime;

	private final long nanos;

	private long progress = -1;

	private long since;

	PeerPatience(LongSupplier nanoTime, Duration beyond) {
		this.nanoTime = nanoTime;
		this.nanos = beyond.toNanos();
	}

	/**
	 * Begin, as if the peer had gone on with something in this moment.
	 */
	void begin() {
		this.since = this.nanoTime.getAsLong();
	}

	/**
	 * Look whether it lasts.
	 * @param progress a number that grows as the peer goes on, 0 or more
	 * @param awaited whether it is the peer's turn
	 */
	boolean lasts(long progress, boolean awaited) {
		if (progress != this.progress || !awaited) {
			this.progress = progress;
			begin();
			return true;
		}
		return lasts();
	}

	/**
	 * Whether it lasts if the peer has not gone on.
	 */
	boolean lasts() {
		return this.nanoTime.getAsLong() - this.since < this.nanos;
	}

}
