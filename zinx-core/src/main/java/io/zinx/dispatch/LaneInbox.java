package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done on a {@link QueueLane}, in order. Any thread adds; all else is for
 * whoever may touch the lane, except where another one is named.
 */
final class LaneInbox {

	private final Queue<LaneTask> tasks = new ConcurrentLinkedQueue<>();

	/** The task that is under way. */
	private @Nullable LaneTask current;

	/**
	 * Put a task behind what is there. Any thread.
	 */
	void add(LaneTask task) {
		this.tasks.add(task);
	}

	/**
	 * Whether no task waits behind the one that is under way. Any thread.
	 */
	boolean isEmpty() {
		return this.tasks.isEmpty();
	}

	/**
	 * The task to be done next, which is under way from now on.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask begin() {
		if (this.current == null) {
			this.current = this.tasks.poll();
		}
		return this.current;
	}

	/**
	 * The task that is to be done next.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask peek() {
		return (this.current != null) ? this.current : this.tasks.peek();
	}

	/**
	 * The task under way is done.
	 */
	void end() {
		this.current = null;
	}

	/**
	 * Take a task out, behind the one that is under way.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask poll() {
		return this.tasks.poll();
	}

	/**
	 * Let what waits count no longer against a bound.
	 * @return how many messages counted
	 */
	int giveBack() {
		int waiting = giveBack(this.current);
		for (LaneTask task : this.tasks) {
			waiting += giveBack(task);
		}
		return waiting;
	}

	private static int giveBack(@Nullable LaneTask task) {
		if (!(task instanceof FrameBatch batch) || !batch.isReserved()) {
			return 0;
		}
		batch.reserved(false);
		return batch.waiting();
	}

	/**
	 * Do nothing more: what waits gives back what it holds.
	 */
	void abandon(QueueLane lane) {
		LaneTask task = begin();
		while (task != null) {
			end();
			task.abandon(lane);
			task = begin();
		}
	}

}
