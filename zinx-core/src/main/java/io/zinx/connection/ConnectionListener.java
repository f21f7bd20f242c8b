package io.zinx.connection;

/**
 * Listener for the start and the end of connections, and for their writability. All
 * methods run on the lane of the connection, with no lock held: they may send, read and
 * set properties, close the connection and, unless the worker mode is {@code event-loop},
 * block. Exceptions are logged and affect no other connection.
 */
public interface ConnectionListener {

	/**
	 * A connection was admitted. Called before anything is read from it. If it throws,
	 * the connection is closed with {@link CloseReason#INTERNAL_ERROR}.
	 * @param connection the new connection, open and known to the {@link ConnManager}
	 * @throws Exception if the connection cannot be used
	 */
	default void onStart(Connection connection) throws Exception {
	}

	/**
	 * A connection has ended and its last message was handled. Called once for each
	 * connection whose {@link #onStart} was called, also if that threw. Properties are
	 * still there, and the {@link ConnManager} still finds the connection; messages can
	 * no longer be sent.
	 * @param connection the ended connection
	 * @param reason why it ended
	 * @throws Exception if it fails; logged, without further effect
	 */
	default void onStop(Connection connection, CloseReason reason) throws Exception {
	}

	/**
	 * The connection has become congested, or is no longer congested
	 * ({@code zinx.outbound.high-water-mark}): a listener that pushes messages can pause
	 * and continue. Called between messages, also while messages wait for the client to
	 * read or for an asynchronous answer. Changes in quick succession may be reported as
	 * one, but after {@link Connection#isWritable()} has returned {@code false}, a call
	 * with {@code true} follows as long as the connection is open. Not called before
	 * {@link #onStart} or after {@link #onStop}.
	 * @param connection the connection
	 * @param writable the value of {@link Connection#isWritable()} just before this call
	 * @throws Exception if it fails; logged, without further effect
	 */
	default void onWritabilityChanged(Connection connection, boolean writable) throws Exception {
	}

}
