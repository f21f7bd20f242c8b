package io.zinx.outbound;

/**
 * The congestion of a connection: more waits to be written than the high-water mark
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

	/** The peer reads well enough. */
	NONE,

	/** A thread that sends has passed the high-water mark. */
	NEW,

	/** The event loop knows, and has paused reading. */
	NOTICED

}
