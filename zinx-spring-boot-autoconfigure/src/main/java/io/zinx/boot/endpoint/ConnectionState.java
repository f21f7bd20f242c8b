package io.zinx.boot.endpoint;

import java.util.Locale;

import io.zinx.connection.Connection;

/**
 * The state of a connection.
 */
enum ConnectionState {

	/** It is read and written. */
	OPEN,

	/** Too much waits to be written, so it is not read. */
	PAUSED,

	/** Its end is decided. */
	CLOSING;

	static ConnectionState of(Connection connection) {
		if (!connection.isOpen()) {
			return CLOSING;
		}
		return connection.isWritable() ? OPEN : PAUSED;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
