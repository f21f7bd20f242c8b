package io.zinx.dispatch;

import io.zinx.worker.RunningHandler;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one worker.
 *
 * @param index its number, 0 or more
 * @param queued the number of messages that wait for it
 * @param capacity its queue bound: the most messages that may wait
 * @param running the handler that has been running for a second or longer; {@code null}
 * for none
 */
public record WorkerStatus(int index, int queued, int capacity, @Nullable RunningHandler running) {

	/**
	 * The saturation of its queue.
	 * @return 0 to 1
	 */
	public double saturation() {
		return (double) this.queued / this.capacity;
	}

}
