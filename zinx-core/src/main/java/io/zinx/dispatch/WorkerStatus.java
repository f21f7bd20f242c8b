package io.zinx.dispatch;

import io.zinx.worker.RunningHandler;
import org.jspecify.annotations.Nullable;

/**
 * One worker at one moment.
 *
 * @param index its number, 0 or more
 * @param queued how many messages wait for it
 * @param capacity how many may wait
 * @param running what it is at; {@code null} if it was idle or went on to something else
 * within the last second
 */
public record WorkerStatus(int index, int queued, int capacity, @Nullable RunningHandler running) {

	/**
	 * How full its queue is.
	 * @return 0 to 1
	 */
	public double saturation() {
		return (double) this.queued / this.capacity;
	}

}
