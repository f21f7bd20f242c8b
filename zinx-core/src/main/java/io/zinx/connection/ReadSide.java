package io.zinx.connection;

import java.time.Duration;

/**
 * The reading side of a connection, as its writing side and the server see it. Event loop
 * only.
 */
public interface ReadSide {

	/**
	 * The connection is congested: more waits to be written than the high-water mark
	 * allows, because the peer does not read.
	 */
	void congested();

	/**
	 * The connection is no longer congested, or its socket is closed.
	 */
	void relieved();

	/**
	 * Read nothing more from the socket, for good. Everything that was read is still
	 * handled.
	 */
	void stopReading();

	/**
	 * Drain: read until nothing is left that the peer had sent, then nothing more, and
	 * close when all of that is handled. Without effect on a connection that is closed or
	 * about to close; of several calls the last one counts.
	 * @param plan how
	 */
	default void drain(DrainPlan plan) {
	}

	/**
	 * End a drain, unless the connection is about to close.
	 */
	default void endDrain() {
	}

	/**
	 * Log everything that is read and written.
	 * @param duration for how long
	 */
	default void trace(Duration duration) {
	}

	/**
	 * The connection is closed on this side: read and drop everything the peer still
	 * sends, and close the socket when it ends.
	 */
	void linger();

	/**
	 * Forget everything that was read and is not yet handed over, for good.
	 */
	void discard();

}
