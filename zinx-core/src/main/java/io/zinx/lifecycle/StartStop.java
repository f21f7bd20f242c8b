package io.zinx.lifecycle;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A state machine for start and stop: both are idempotent, a failed start is rolled back,
 * and a call waits for one that is under way. Any thread.
 */
public final class StartStop {

	private final ReentrantLock transition = new ReentrantLock();

	private volatile State state = State.STOPPED;

	/**
	 * Start, unless started.
	 * @param starting the start; must leave nothing behind when it throws
	 * @return whether this call has started it
	 * @throws IllegalStateException if called from inside a start or stop
	 */
	public boolean start(Runnable starting) {
		lock();
		try {
			if (this.state == State.STARTED) {
				return false;
			}
			this.state = State.STARTING;
			starting.run();
			this.state = State.STARTED;
			return true;
		}
		finally {
			if (this.state == State.STARTING) {
				this.state = State.STOPPED;
			}
			this.transition.unlock();
		}
	}

	/**
	 * Stop, unless stopped.
	 * @param stopping the stop; must release everything, also when it throws
	 * @return whether this call has stopped it
	 * @throws IllegalStateException if called from inside a start or stop
	 */
	public boolean stop(Runnable stopping) {
		lock();
		try {
			if (this.state == State.STOPPED) {
				return false;
			}
			this.state = State.STOPPING;
			stopping.run();
			return true;
		}
		finally {
			this.state = State.STOPPED;
			this.transition.unlock();
		}
	}

	private void lock() {
		if (this.transition.isHeldByCurrentThread()) {
			throw new IllegalStateException(
					"start() or stop() was called from inside a start or stop that has not returned");
		}
		this.transition.lock();
	}

	/**
	 * The current state.
	 * @return the state; it may have changed when the caller looks at it
	 */
	public State state() {
		return this.state;
	}

	/**
	 * The state of a {@link StartStop}.
	 *
	 * <pre>
	 *              start             done
	 *   STOPPED ----------> STARTING -----> STARTED
	 *    ^   ^                 |               |
	 *    |   +-----------------+               | stop
	 *    |          failed                     v
	 *    +--------------------------------- STOPPING
	 *                   done
	 * </pre>
	 */
	public enum State {

		/** Not started, or stopped again. */
		STOPPED,

		/** About to start. */
		STARTING,

		/** Started. */
		STARTED,

		/** About to stop. */
		STOPPING

	}

}
