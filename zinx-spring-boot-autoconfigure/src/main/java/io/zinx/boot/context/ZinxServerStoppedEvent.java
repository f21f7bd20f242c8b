package io.zinx.boot.context;

import io.zinx.server.ZinxServer;

import org.springframework.context.ApplicationEvent;

/**
 * The server has stopped with its application context: all connections are closed and
 * their {@code onStop} has returned. Published at each stop, on the thread that stops the
 * context.
 */
public final class ZinxServerStoppedEvent extends ApplicationEvent {

	private final transient ZinxServer server;

	/**
	 * Make an event.
	 * @param server the server
	 */
	public ZinxServerStoppedEvent(ZinxServer server) {
		super(server);
		this.server = server;
	}

	/**
	 * The server.
	 * @return the server
	 */
	public ZinxServer server() {
		return this.server;
	}

}
