package io.zinx.connection;

/**
 * Is told that one connection has ended, see {@link Connection#onClose}.
 */
@FunctionalInterface
public interface CloseCallback {

	/**
	 * The connection has ended and {@code onStop} of every listener has returned. Runs
	 * once, on the connection's lane, with no lock held. The connection can still be read
	 * and found; messages can no longer be sent to it.
	 * @param connection the ended connection
	 * @param reason why it ended
	 * @throws Exception what is thrown is logged and has no effect
	 */
	void onClose(Connection connection, CloseReason reason) throws Exception;

	/**
	 * A callback that was registered.
	 */
	@FunctionalInterface
	interface Handle {

		/**
		 * Take the callback back.
		 * @return whether it will not run; {@code false} if it has run, is running, or
		 * was taken back before
		 */
		boolean remove();

	}

}
