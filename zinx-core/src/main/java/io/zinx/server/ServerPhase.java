package io.zinx.server;

import java.util.Locale;

/**
 * The phase of a server, as clients see it.
 *
 * <pre>
 *             start                drain, stop
 *   STOPPED ---------> RUNNING ------------------> DRAINING
 *      ^                  ^                         |    |
 *      |                  +-------------------------+    |
 *      |                           resume                |
 *      +-------------------------------------------------+
 *                     stop has ended
 * </pre>
 */
public enum ServerPhase {

	/** Not started, about to start, or stopped again. */
	STOPPED,

	/** Clients can connect. */
	RUNNING,

	/** The server closes its connections in good order, and no client can connect. */
	DRAINING;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
