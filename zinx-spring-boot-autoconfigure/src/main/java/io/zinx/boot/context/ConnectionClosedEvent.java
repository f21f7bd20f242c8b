package io.zinx.boot.context;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a connection has ended and no handler is called for it any more, after
 * {@link io.zinx.connection.ConnectionListener#onStop}, on the thread of the connection's
 * hooks and handlers. The connection's properties, keys and groups can still be read.
 */
public final class ConnectionClosedEvent extends ApplicationEvent {

	private final transient Connection connection;

	private final CloseReason reason;

	/**
	 * Create an event.
	 * @param connection the connection
	 * @param reason why it ended
	 */
	public ConnectionClosedEvent(Connection connection, CloseReason reason) {
		super(connection);
		this.connection = connection;
		this.reason = reason;
	}

	/**
	 * The connection.
	 * @return the ended connection
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * The reason why it ended.
	 * @return the reason
	 */
	public CloseReason reason() {
		return this.reason;
	}

}
