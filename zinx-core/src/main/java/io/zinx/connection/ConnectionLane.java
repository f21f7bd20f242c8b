package io.zinx.connection;

import org.jspecify.annotations.Nullable;

/**
 * The lane of a connection, which runs its messages, listeners and tasks in order, as the
 * connection sees it. Any thread.
 */
@FunctionalInterface
public interface ConnectionLane {

	/** The lane of a connection before its lane is set. */
	ConnectionLane NONE = (task) -> false;

	/**
	 * Run a task after everything that already waits, as {@link Connection#execute}.
	 * @param task the task
	 * @return whether it was accepted
	 */
	boolean execute(Runnable task);

	/**
	 * The current work of the lane, unless the event loop that reads the connection runs
	 * it.
	 * @return an approximate snapshot; {@code null} if no thread is inside
	 */
	default @Nullable LaneActivity activity() {
		return null;
	}

	/**
	 * The unfinished work, in words for logs.
	 * @return {@code null} if nothing is left
	 */
	default @Nullable String unfinished() {
		return null;
	}

	/**
	 * The server has stopped: release everything that waits, and call {@code onStop} if
	 * it was not called.
	 */
	default void abandon() {
	}

}
