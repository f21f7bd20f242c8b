package io.zinx.pipeline;

/**
 * The reading of a connection's socket.
 *
 * <pre>
 *    NEW ----begin----> READING
 *     |                    |
 *     | no more is wanted  | no more is wanted, or the peer's output has ended
 *     |                    v
 *     +----------------> STOPPED ----closed on this side----> LINGERING
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

	/** Nothing more is read. Everything that was read is still handled. */
	STOPPED,

	/** Everything that comes is read and dropped, until the peer ends, too. */
	LINGERING,

	/** The socket is closed. */
	CLOSED

}
