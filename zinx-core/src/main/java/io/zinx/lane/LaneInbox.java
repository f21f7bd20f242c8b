package io.zinx.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * The queue of tasks of a {@link ScheduledLane}, in order. Any thread adds; the other
 * methods are for the owner of the lane, as {@link LaneState} says, except where another
 * thread is named.
 * <p>
 * It has two lists, linked by the tasks themselves. A task is added in front of the first
 * list by compare-and-set; the owner of the lane takes that whole list at once, reverses
 * it and takes tasks from there.
 */
final class LaneInbox {

	private static final VarHandle ADDED;

	static {
		try {
			ADDED = MethodHandles.lookup().findVarHandle(LaneInbox.class, "added", LaneTask.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The task that was added last, linked to the one added before. Any thread. */
	private volatile @Nullable LaneTask added;

	/** The next task, linked to the one after it. */
	private @Nullable LaneTask first;

	/** The task that is under way. */
	private @Nullable LaneTask current;

	/**
	 * Add a task at the end. Any thread.
	 */
	void add(LaneTask task) {
		for (;;) {
			LaneTask before = this.added;
			task.link = before;
			if (ADDED.compareAndSet(this, before, task)) {
				return;
			}
		}
	}

	/**
	 * True if nothing was added since the lane became idle. Any thread, while the lane is
	 * idle.
	 */
	boolean isEmpty() {
		return this.added == null;
	}

	/**
	 * Take the next task, which is under way from now on.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask begin() {
		if (this.current == null) {
			this.current = poll();
		}
		return this.current;
	}

	/**
	 * The next task, or the one that is under way.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask peek() {
		return (this.current != null) ? this.current : first();
	}

	/**
	 * The task that is under way; approximate for other threads.
	 */
	@Nullable LaneTask current() {
		return this.current;
	}

	/**
	 * The task under way is done.
	 */
	void end() {
		this.current = null;
	}

	/**
	 * Remove the first task behind the one that is under way.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask poll() {
		LaneTask task = first();
		if (task != null) {
			this.first = task.link;
			task.link = null;
		}
		return task;
	}

	private @Nullable LaneTask first() {
		LaneTask present = this.first;
		if (present != null || this.added == null) {
			return present;
		}
		LaneTask turned = turned((LaneTask) ADDED.getAndSet(this, null), null);
		this.first = turned;
		return turned;
	}

	/**
	 * Reverse a list.
	 * @param last its last task
	 * @param behind the list to append
	 * @return its first task
	 */
	private static @Nullable LaneTask turned(@Nullable LaneTask last, @Nullable LaneTask behind) {
		LaneTask front = behind;
		LaneTask task = last;
		while (task != null) {
			LaneTask before = task.link;
			task.link = front;
			front = task;
			task = before;
		}
		return front;
	}

	/**
	 * Remove waiting messages from the queue bound.
	 * @return the number of messages that counted
	 */
	int giveBack() {
		int waiting = giveBack(this.current);
		for (LaneTask task = first(); task != null; task = task.link) {
			waiting += giveBack(task);
		}
		for (LaneTask task = this.added; task != null; task = task.link) {
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
	 * Run nothing more: waiting tasks release what they hold.
	 */
	void abandon(LaneRun lane) {
		LaneTask task = begin();
		while (task != null) {
			end();
			task.abandon(lane);
			task = begin();
		}
	}

}
