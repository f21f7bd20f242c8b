package io.zinx.boot.endpoint;

import io.zinx.connection.Connection;

/**
 * The order in which connections are shown.
 */
enum ConnectionOrder {

	/** Lowest number first, which is the oldest. */
	ID("id") {
		@Override
		long rank(Connection connection) {
			return connection.connId();
		}
	},

	/** Longest idle first. */
	IDLE("idle") {
		@Override
		long rank(Connection connection) {
			return connection.lastActiveAt().toEpochMilli();
		}
	},

	/** Most messages received first. */
	MESSAGES_IN("messages-in") {
		@Override
		long rank(Connection connection) {
			return -connection.messagesIn();
		}
	},

	/** Most bytes received first. */
	BYTES_IN("bytes-in") {
		@Override
		long rank(Connection connection) {
			return -connection.bytesIn();
		}
	},

	/** Most bytes sent first. */
	BYTES_OUT("bytes-out") {
		@Override
		long rank(Connection connection) {
			return -connection.bytesOut();
		}
	},

	/** Most bytes waiting to be written first. */
	QUEUED("queued") {
		@Override
		long rank(Connection connection) {
			return -connection.bytesQueued();
		}
	};

	private final String word;

	ConnectionOrder(String word) {
		this.word = word;
	}

	/**
	 * Return the rank of a connection: the lowest is shown first. Called once for each
	 * connection and page.
	 */
	abstract long rank(Connection connection);

	@Override
	public String toString() {
		return this.word;
	}

}
