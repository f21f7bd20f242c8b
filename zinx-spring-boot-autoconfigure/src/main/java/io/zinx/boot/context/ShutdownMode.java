package io.zinx.boot.context;

import java.util.Locale;

/**
 * The way in which the server stops with its application.
 */
public enum ShutdownMode {

	/**
	 * Messages that were received are handled, and what was sent is written, within the
	 * grace period. The default.
	 */
	GRACEFUL,

	/** All connections are closed at once. */
	IMMEDIATE;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
