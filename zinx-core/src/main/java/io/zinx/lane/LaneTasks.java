package io.zinx.lane;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of the application for one lane: limited in number, and none once the lane
 * has closed. Any thread.
 * <p>
 * A task that races the close either runs before the lane ends, or is reported as
 * rejected, never both: the first {@link Call#claim() claim} decides.
 */
final class LaneTasks {

	/** The tasks of a lane that has closed without any. */
	static final LaneTasks CLOSED = new LaneTasks(0, (task) -> {
	});

	static {
		CLOSED.close();
	}

	private final int bound;

	private final Consumer<Runnable> runner;

	private final AtomicInteger waiting = new AtomicInteger();

	/** The tasks of a lane without an inbox. Any thread adds, the lane takes. */
	private final Queue<Call> queue = new ConcurrentLinkedQueue<>();

	private volatile boolean closed;

	/** True once the last task was run. The lane only. */
	private boolean ended;

	/**
	 * Create the tasks of a lane.
	 * @param bound the most tasks that may wait
	 * @param runner runs a task and handles its exceptions
	 */
	LaneTasks(int bound, Consumer<Runnable> runner) {
		this.bound = bound;
		this.runner = runner;
	}

	/**
	 * Accept a task, if the bound allows it.
	 * @param task the task
	 * @param inbox adds it to the inbox of the lane
	 * @return whether it was accepted; the lane must be scheduled then
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
	 * Accept a task for a lane that {@link #poll() polls}.
	 */
	boolean submit(Runnable task) {
		return submit(task, this.queue::add);
	}

	/**
	 * Take the first task that was added without an inbox. On the lane.
	 */
	@Nullable Runnable poll() {
		return this.queue.poll();
	}

	/**
	 * The approximate number of waiting tasks.
	 */
	int waiting() {
		return this.queue.size();
	}

	/**
	 * Accept no more tasks. A task that the lane finds in its inbox after this was
	 * accepted, unless the thread that added it claims it.
	 */
	void close() {
		this.closed = true;
	}

	/**
	 * Run nothing more: a task that the lane finds from now on is rejected by the thread
	 * that added it. On the lane, after it has run the tasks it found after the close.
	 */
	void end() {
		this.ended = true;
	}

	/**
	 * A task that was accepted.
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
		 * Run the task, unless it was rejected. On the lane; throws nothing.
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
