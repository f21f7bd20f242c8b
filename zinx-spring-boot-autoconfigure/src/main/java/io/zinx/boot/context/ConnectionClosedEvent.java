package io.zinx.boot.context;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;

import org.springframework.context.ApplicationEvent;

/**
 * A connection has ended and its last message was handled. Published behind
 * {@link io.zinx.connection.ConnectionListener#onStop}, on the thread of the connection's
 * hooks and handlers; its properties, keys and groups can still be read.
 */
public final class ConnectionClosedEvent extends ApplicationEvent {

	private final transient Connection connection;

	private final CloseReason reason;

	/**
	 * Make an event.
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
	 * Why it ended.
	 * @return the reason
	 */
	public CloseReason reason() {
		return this.reason;
	}

}
