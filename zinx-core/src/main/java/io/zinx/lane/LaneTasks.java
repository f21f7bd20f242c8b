package io.zinx.lane;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that an application gives to one lane: so many at most, and none once the
 * lane has closed. Any thread.
 * <p>
 * A task that races the close is either run before it ends, or reported as refused, never
 * both: whoever {@link Call#claim() claims} it first decides.
 */
final class LaneTasks {

	/** Those of a lane that has closed and had none. */
	static final LaneTasks CLOSED = new LaneTasks(0, (task) -> {
	});

	static {
		CLOSED.close();
	}

	private final int bound;

	private final Consumer<Runnable> runner;

	private final AtomicInteger waiting = new AtomicInteger();

	/** Tasks of a lane that has no inbox of its own. Any thread adds, the lane takes. */
	private final Queue<Call> queue = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	/** Whether the last task was run. The lane only. */
	private boolean ended;

	/**
	 * Begin.
	 * @param bound how many tasks may wait
	 * @param runner runs a task and survives what it throws
	 */
	LaneTasks(int bound, Consumer<Runnable> runner) {
		this.bound = bound;
		this.runner = runner;
	}

	/**
	 * Take a task, if there is room for it.
	 * @param task the task
	 * @param inbox puts it where the lane finds it
	 * @return whether it was taken; the lane must be made to look then
	 */
	boolean submit(Runnable task, Consumer<Call> inbox) {
		Objects.requireNonNull(task, "task");
		if (this.closed) {
			return false;
		}
		if (this.waiting.incrementAndGet() > this.bound) {
			this.waiting.decrementAndGet();
			return false;
		}
		Call call = new Call(task);
		inbox.accept(call);
		return !this.closed || !call.claim();
	}

	/**
	 * The same, for a lane that {@link #poll() polls}.
	 */
	boolean submit(Runnable task) {
		return submit(task, this.queue::add);
	}

	/**
	 * Take out what was put first without an inbox. On the lane.
	 */
	@Nullable Runnable poll() {
		return this.queue.poll();
	}

	/**
	 * How many tasks wait, about.
	 */
	int waiting() {
		return this.queue.size();
	}

	/**
	 * Take nothing more. What the lane finds in its inbox after this was taken, unless it
	 * is claimed by the one who brought it.
	 */
	void close() {
		this.closed = true;
	}

	/**
	 * Run nothing more: what the lane finds from now on is refused by the one who brought
	 * it. On the lane, when it has run what it found after the close.
	 */
	void end() {
		this.ended = true;
	}

	/**
	 * A task that was taken.
	 */
	final class Call extends LaneTask implements Runnable {

		private final Runnable task;

		private final AtomicBoolean claimed = new AtomicBoolean();

		Call(Runnable task) {
			this.task = task;
		}

		private boolean claim() {
			boolean first = this.claimed.compareAndSet(false, true);
			if (first) {
				LaneTasks.this.waiting.decrementAndGet();
			}
			return first;
		}

		/**
		 * Run it, unless it was refused after all. On the lane; throws nothing.
		 */
		@Override
		public void run() {
			if (!LaneTasks.this.ended && claim()) {
				LaneTasks.this.runner.accept(this.task);
			}
		}

		@Override
		boolean run(LaneRun lane) {
			if (!lane.mayCall()) {
				return false;
			}
			run();
			return true;
		}

	}

}
