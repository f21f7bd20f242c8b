package io.zinx.pipeline;

/**
 * The state of reading from a connection's socket.
 *
 * <pre>
 *                           it holds too much memory
 *                          +-------------------------------------> PAUSED
 *    NEW ----begin----> READING <--------------------------------+   |
 *     |                    |            enough is handled            |
 *     |                    |                                         |
 *     | no more is wanted  | no more is wanted, or the peer's output |
 *     |                    v has ended                               |
 *     +----------------> STOPPED <-----------------------------------+
 *                          |
 *                          | closed on this side
 *                          v
 *                       LINGERING
 *
 *    any of them ----socket closed----> CLOSED
 * </pre>
 */
enum ReaderState {

	/** {@code onStart} has not returned: nothing is read yet. */
	NEW,

	/**
	 * The socket is read, unless the connection is congested or its lane accepts no
	 * frames.
	 */
	READING,

	/**
	 * The socket is not read, because messages that are not handled take too much memory,
	 * on this connection or on all together.
	 */
	PAUSED,

	/** Reading has ended. Everything that was read is still handled. */
	STOPPED,

	/** Bytes are read and dropped until the peer ends, too. */
	LINGERING,

	/** The socket is closed. */
	CLOSED

}
