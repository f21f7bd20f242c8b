package io.zinx.dispatch;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.zinx.connection.Connection;

/**
 * The tasks that an application gives to one lane: so many at most, and none once the
 * lane has closed. Any thread.
 * <p>
 * A task that races the close is either run before it ends, or reported as refused, never
 * both: whoever {@link Call#claim() claims} it first decides.
 */
final class Calls {

	private final Connection connection;

	private final Handling handling;

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile boolean closed;

	/** Whether the last task was run. The lane only. */
	private boolean ended;

	Calls(Connection connection, Handling handling) {
		this.connection = connection;
		this.handling = handling;
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
		if (this.waiting.incrementAndGet() > this.handling.maxTaskLen()) {
			this.waiting.decrementAndGet();
			return false;
		}
		Call call = new Call(task);
		inbox.accept(call);
		return !this.closed || !call.claim();
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
	final class Call implements LaneTask, Runnable {

		private final Runnable task;

		private final AtomicBoolean claimed = new AtomicBoolean();

		Call(Runnable task) {
			this.task = task;
		}

		private boolean claim() {
			boolean first = this.claimed.compareAndSet(false, true);
			if (first) {
				Calls.this.waiting.decrementAndGet();
			}
			return first;
		}

		/**
		 * Run it, unless it was refused after all. On the lane; throws nothing.
		 */
		@Override
		public void run() {
			if (!Calls.this.ended && claim()) {
				Calls.this.handling.execute(Calls.this.connection, this.task);
			}
		}

		@Override
		public boolean run(QueueLane lane) {
			if (!lane.mayCall()) {
				return false;
			}
			run();
			return true;
		}

	}

}
