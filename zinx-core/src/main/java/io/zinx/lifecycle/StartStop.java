package io.zinx.lifecycle;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Start and stop, written once: both are idempotent, a start that fails is rolled back,
 * and one that is asked for while the other is under way waits for it.
 */
public final class StartStop {

	private final ReentrantLock transition = new ReentrantLock();

	private volatile State state = State.STOPPED;

	/**
	 * Start, unless started.
	 * @param starting what to do; must leave nothing behind when it throws
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
	 * @param stopping what to do; must release everything also when it throws
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
			throw new IllegalStateException("start() or stop() was called by a start or stop that is not over");
		}
		this.transition.lock();
	}

	/**
	 * Where it stands.
	 * @return the state; it may have changed when the caller looks at it
	 */
	public State state() {
		return this.state;
	}

	/**
	 * Where a {@link StartStop} stands.
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
