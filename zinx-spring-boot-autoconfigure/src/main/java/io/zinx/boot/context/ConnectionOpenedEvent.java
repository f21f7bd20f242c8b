package io.zinx.boot.context;

import io.zinx.connection.Connection;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a connection was admitted and nothing has been read from it yet, after
 * {@link io.zinx.connection.ConnectionListener#onStart}, on the thread of the
 * connection's hooks and handlers.
 */
public final class ConnectionOpenedEvent extends ApplicationEvent {

	private final transient Connection connection;

	/**
	 * Create an event.
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
