package io.zinx.outbound;

/**
 * The congestion of a connection: more bytes wait to be written than the high-water mark
 * allows, because the peer does not read.
 *
 * <pre>
 *            high-water mark passed         event loop has noticed
 *   NONE --------------------------> NEW ---------------------------> NOTICED
 *    ^                                |                                  |
 *    +--------------------------------+----------------------------------+
 *                  the backlog is written, or forgotten
 * </pre>
 */
enum Congestion {

	/** The connection is not congested. */
	NONE,

	/** A sending thread has exceeded the high-water mark. */
	NEW,

	/** The event loop has noted it, and has paused reading. */
	NOTICED

}
