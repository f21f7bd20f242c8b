package io.zinx.connection;

/**
 * What a connection asks of its lane: the way of its messages and hooks to the code that
 * handles them. Any thread.
 */
@FunctionalInterface
public interface ConnectionLane {

	/** The lane of a connection that has none yet. */
	ConnectionLane NONE = (task) -> false;

	/**
	 * Run a task behind what is there, as {@link Connection#execute}.
	 * @param task the task
	 * @return whether it was taken
	 */
	boolean execute(Runnable task);

}
