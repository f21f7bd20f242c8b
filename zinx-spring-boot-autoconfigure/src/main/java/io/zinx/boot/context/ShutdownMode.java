package io.zinx.boot.context;

/**
 * How the server stops with its application.
 */
public enum ShutdownMode {

	/**
	 * Messages that were received are handled, and what was sent is written, within the
	 * grace period. The default.
	 */
	GRACEFUL,

	/** All connections are closed at once. */
	IMMEDIATE

}
