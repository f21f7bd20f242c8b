package io.zinx.connection;

/**
 * Callback for the end of one connection, see {@link Connection#onClose}.
 */
@FunctionalInterface
public interface CloseCallback {

	/**
	 * The connection has ended and {@code onStop} of every listener has returned. Runs
	 * once, on the connection's lane, with no lock held. The connection can still be read
	 * and found; messages can no longer be sent to it.
	 * @param connection the ended connection
	 * @param reason why it ended
	 * @throws Exception if it fails; logged, without further effect
	 */
	void onClose(Connection connection, CloseReason reason) throws Exception;

	/**
	 * The handle of a registered callback.
	 */
	@FunctionalInterface
	interface Handle {

		/**
		 * Remove the callback.
		 * @return whether it was removed before it ran; {@code false} if it has run, is
		 * running, or was removed before
		 */
		boolean remove();

	}

}
