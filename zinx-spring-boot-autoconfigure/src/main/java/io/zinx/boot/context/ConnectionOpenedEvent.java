package io.zinx.boot.context;

import io.zinx.connection.Connection;

import org.springframework.context.ApplicationEvent;

/**
 * A connection was admitted, and nothing was read from it yet. Published behind
 * {@link io.zinx.connection.ConnectionListener#onStart}, on the thread of the
 * connection's hooks and handlers.
 */
public final class ConnectionOpenedEvent extends ApplicationEvent {

	private final transient Connection connection;

	/**
	 * Make an event.
	 * @param connection the connection
	 */
	public ConnectionOpenedEvent(Connection connection) {
		super(connection);
		this.connection = connection;
	}

	/**
	 * The connection.
	 * @return the new connection
	 */
	public Connection connection() {
		return this.connection;
	}

}
