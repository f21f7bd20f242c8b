package io.zinx.lifecycle;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Start and stop, written once: both are idempotent, a start that fails is rolled back,
 * and one that is asked for while the other is under way waits for it.
 */
public abstract class StartStop {

	private final ReentrantLock transition = new ReentrantLock();

	private volatile State state = State.STOPPED;

	/**
	 * Start, unless started.
	 * @return whether this call has started it
	 */
	protected final boolean startOnce() {
		this.transition.lock();
		try {
			if (this.state == State.STARTED) {
				return false;
			}
			this.state = State.STARTING;
			doStart();
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
	 * @return whether this call has stopped it
	 */
	protected final boolean stopOnce() {
		this.transition.lock();
		try {
			if (this.state == State.STOPPED) {
				return false;
			}
			this.state = State.STOPPING;
			doStop();
			return true;
		}
		finally {
			this.state = State.STOPPED;
			this.transition.unlock();
		}
	}

	/**
	 * Start. Must leave nothing behind when it throws.
	 */
	protected abstract void doStart();

	/**
	 * Stop. Must release everything also when it throws.
	 */
	protected abstract void doStop();

	/**
	 * Where it stands.
	 * @return the state; it may have changed when the caller looks at it
	 */
	public final State state() {
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
