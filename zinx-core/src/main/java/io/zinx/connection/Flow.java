package io.zinx.connection;

import java.time.Duration;

/**
 * What the reading side of a connection hears from the writing side. Called on the
 * connection's event loop only.
 */
public interface Flow {

	/**
	 * More waits to be written than the high-water mark allows: stop reading. May be
	 * repeated.
	 */
	void congested();

	/**
	 * What waited has been written: go on.
	 */
	void relieved();

	/**
	 * Read nothing more from the socket, for good. What was read is still handled.
	 */
	void stopReading();

	/**
	 * Leave in good order. What the peer had sent is read until nothing is left to read,
	 * then nothing more, and the connection closes when all of that is handled. Without
	 * effect if it is closed or about to close; said again, the last word counts.
	 * @param departure how
	 */
	default void leave(Departure departure) {
	}

	/**
	 * Stay after all, unless the connection is about to close.
	 */
	default void stay() {
	}

	/**
	 * Log what is read and written.
	 * @param duration for how long
	 */
	default void trace(Duration duration) {
	}

	/**
	 * The connection is closed on this side: read and drop what the peer still sends, and
	 * close the socket when it ends.
	 */
	void drain();

	/**
	 * Forget what was read and is not yet handed over, for good.
	 */
	void discard();

}
