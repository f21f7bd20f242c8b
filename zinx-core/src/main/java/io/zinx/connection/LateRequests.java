package io.zinx.connection;

import java.util.Locale;

/**
 * The policy for messages that arrive after the goodbye and the quiet period of a drain,
 * while the connection waits for its close.
 */
public enum LateRequests {

	/** They are handled as always, until the connection closes. The default. */
	HANDLE,

	/** They are not handled; the client gets an answer for each of them that says so. */
	REFUSE,

	/** They are dropped without an answer. */
	DROP;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
