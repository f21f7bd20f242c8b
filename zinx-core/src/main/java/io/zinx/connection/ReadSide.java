package io.zinx.connection;

import java.time.Duration;

/**
 * The reading side of a connection, as its writing side and the server see it. Event loop
 * only.
 */
public interface ReadSide {

	/**
	 * The connection is congested: more bytes wait to be written than the high-water mark
	 * allows, because the peer does not read.
	 */
	void congested();

	/**
	 * The connection is no longer congested, or its socket is closed.
	 */
	void relieved();

	/**
	 * Stop reading from the socket for good. Everything that was read is still handled.
	 */
	void stopReading();

	/**
	 * Drain: read everything that the peer has sent, then stop reading, and close when
	 * all of it is handled. No effect on a connection that is closed or closing; of
	 * several calls the last one counts.
	 * @param plan the plan
	 */
	default void drain(DrainPlan plan) {
	}

	/**
	 * End a drain, unless the connection is closing.
	 */
	default void endDrain() {
	}

	/**
	 * Log the bytes that are read and written.
	 * @param duration the time to log
	 */
	default void trace(Duration duration) {
	}

	/**
	 * The link holds bytes of the peer whose rest is awaited.
	 * @param bytes their number, 0 or more
	 */
	default void linkHolds(int bytes) {
	}

	/**
	 * The connection is closed on this side: read and drop everything the peer still
	 * sends, and close the socket when it ends.
	 */
	void linger();

	/**
	 * Discard everything that was read and is not handed to the lane, for good.
	 */
	void discard();

}
