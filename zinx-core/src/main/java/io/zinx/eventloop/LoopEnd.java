package io.zinx.eventloop;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * The state of the end of an event loop. Any thread may begin the end and read the state;
 * only the event loop advances it.
 *
 * <pre>
 * OPEN ---> SHUTTING_DOWN ---> SHUT_DOWN ---> TERMINATED
 * </pre>
 */
final class LoopEnd {

	/** Leaves {@code OPEN} under the monitor, and moves on in the event loop alone. */
	private volatile State state = State.OPEN;

	private final Promise<Void> future = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

	/** The time at which no more tasks are waited for. Set before the end has begun. */
	private long lastTaskNanos;

	/**
	 * Begin to end, unless that was begun before.
	 * @param timeoutNanos for how long tasks may bring others
	 */
	synchronized void begin(long timeoutNanos) {
		if (this.state == State.OPEN) {
			this.lastTaskNanos = System.nanoTime() + timeoutNanos;
			this.state = State.SHUTTING_DOWN;
		}
	}

	boolean hasBegun() {
		return this.state != State.OPEN;
	}

	/**
	 * True while tasks may still bring others. Once the end has begun.
	 */
	boolean hasTime() {
		return this.lastTaskNanos - System.nanoTime() > 0;
	}

	/**
	 * Take no more tasks. Event loop only.
	 */
	void takeNoMore() {
		this.state = State.SHUT_DOWN;
	}

	boolean takesNoMore() {
		State now = this.state;
		return now == State.SHUT_DOWN || now == State.TERMINATED;
	}

	/**
	 * All is done. Event loop only.
	 */
	void complete() {
		this.state = State.TERMINATED;
		this.future.trySuccess(null);
	}

	boolean isComplete() {
		return this.state == State.TERMINATED;
	}

	/**
	 * Is done when the event loop does nothing more.
	 */
	Future<?> future() {
		return this.future;
	}

	private enum State {

		/** Takes tasks, and looks at sockets. */
		OPEN,

		/** Closes its channels at the next turn. */
		SHUTTING_DOWN,

		/** Takes no more tasks, but runs those that it has. */
		SHUT_DOWN,

		/** Does nothing more. */
		TERMINATED

	}

}
