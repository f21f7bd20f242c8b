package io.zinx.connection;

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
	 * The connection is closed on this side: read and drop what the peer still sends, and
	 * close the socket when it ends.
	 */
	void drain();

	/**
	 * Forget what was read and is not yet handed over, for good.
	 */
	void discard();

}
