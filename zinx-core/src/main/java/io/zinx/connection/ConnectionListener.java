package io.zinx.connection;

/**
 * Hears of connections. All methods run on the connection's own lane, with no lock held:
 * they may send, read and set properties, close the connection and, unless the worker
 * mode is {@code event-loop}, block. What they throw is logged and breaks no other
 * connection.
 */
public interface ConnectionListener {

	/**
	 * A connection was admitted. Called before anything is read from it. If this throws,
	 * the connection is closed with {@link CloseReason#INTERNAL_ERROR}, because what it
	 * should have prepared is missing.
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
	 * @throws Exception what is thrown is logged and has no effect
	 */
	default void onStop(Connection connection, CloseReason reason) throws Exception {
	}

	/**
	 * The connection can take more again, or has as much to write as the high-water mark
	 * allows ({@code zinx.outbound.high-water-mark}): a listener that pushes to it can
	 * pause and go on. Called between its messages, also while these wait for the client
	 * to read, or for an answer that comes later. Changes that follow each other closely
	 * may be told as one, but whoever has seen {@link Connection#isWritable()} say
	 * {@code false} hears {@code true} later, as long as the connection is open. Not
	 * called before {@link #onStart} and after {@link #onStop}.
	 * @param connection the connection
	 * @param writable what {@link Connection#isWritable()} was just before this call
	 * @throws Exception what is thrown is logged and has no effect
	 */
	default void onWritabilityChanged(Connection connection, boolean writable) throws Exception {
	}

}
