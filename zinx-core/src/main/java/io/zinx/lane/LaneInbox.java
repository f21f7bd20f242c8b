package io.zinx.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a {@link ScheduledLane}, in order. Any thread adds; all else is for
 * whoever may touch the lane, except where another one is named.
 * <p>
 * Two lists, linked by the tasks themselves. Who adds puts a task in front of the first
 * list by compare-and-set; who may touch the lane takes that whole list at once, turns it
 * round and takes tasks from there.
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

	/** What was added last, linked to what was added before. Any thread. */
	private volatile @Nullable LaneTask added;

	/** What is to be done first, linked to what is to be done then. */
	private @Nullable LaneTask first;

	/** The task that is under way. */
	private @Nullable LaneTask current;

	/**
	 * Put a task behind what is there. Any thread.
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
	 * Whether nothing was added since the lane had nothing to do. Any thread, when the
	 * lane is idle.
	 */
	boolean isEmpty() {
		return this.added == null;
	}

	/**
	 * The task to be done next, which is under way from now on.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask begin() {
		if (this.current == null) {
			this.current = poll();
		}
		return this.current;
	}

	/**
	 * The task that is to be done next.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable LaneTask peek() {
		return (this.current != null) ? this.current : first();
	}

	/**
	 * The task that is under way; to other threads, about.
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
	 * Take a task out, behind the one that is under way.
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
	 * Turn a list round.
	 * @param last its last task
	 * @param behind what comes behind that
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
	 * Let what waits count no longer against a bound.
	 * @return how many messages counted
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
	 * Do nothing more: what waits gives back what it holds.
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
