package io.zinx.server;

import java.util.Locale;

/**
 * What clients may expect of a server.
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

	/** They can connect. */
	RUNNING,

	/** It parts from them, and none can connect. */
	DRAINING;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
