package io.zinx.connection;

import java.util.Locale;

/**
 * What becomes of a message that comes after its client was told goodbye, while the
 * connection stays for some time yet.
 */
public enum LateRequests {

	/** It is handled as always, until the connection closes. The default. */
	HANDLE,

	/** It is not handled; the client gets another message instead. */
	REFUSE,

	/** It is not handled, and the client hears nothing. */
	DROP;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
