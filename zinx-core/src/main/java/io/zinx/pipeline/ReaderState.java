package io.zinx.pipeline;

/**
 * The reading of a connection's socket.
 *
 * <pre>
 *                           it holds too much that is not handled
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
	 * The socket is read, unless the connection is congested or its lane has no room.
	 */
	READING,

	/**
	 * The socket is not read, because the connection holds too much memory for what is
	 * not handled, alone or together with all others.
	 */
	PAUSED,

	/** Nothing more is read. Everything that was read is still handled. */
	STOPPED,

	/** Everything that comes is read and dropped, until the peer ends, too. */
	LINGERING,

	/** The socket is closed. */
	CLOSED

}
