package io.zinx.connection;

import org.jspecify.annotations.Nullable;

/**
 * The way of a connection's messages and hooks to the code that handles them, as the
 * connection sees it. Any thread.
 */
@FunctionalInterface
public interface ConnectionLane {

	/** The lane of a connection that has none yet. */
	ConnectionLane NONE = (task) -> false;

	/**
	 * Run a task behind everything that is there, as {@link Connection#execute}.
	 * @param task the task
	 * @return whether it was taken
	 */
	boolean execute(Runnable task);

	/**
	 * The work that the lane is at, unless it is run by the event loop that reads the
	 * connection.
	 * @return the work as of this moment, about; {@code null} if no thread is inside
	 */
	default @Nullable LaneActivity activity() {
		return null;
	}

	/**
	 * The work that is left to do, in words for logs.
	 * @return {@code null} if nothing is left
	 */
	default @Nullable String unfinished() {
		return null;
	}

	/**
	 * The server has stopped: give back everything that waits, and run the last hook if
	 * it has not run.
	 */
	default void abandon() {
	}

}
