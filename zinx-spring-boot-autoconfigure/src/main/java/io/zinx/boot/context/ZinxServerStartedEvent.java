package io.zinx.boot.context;

import io.zinx.server.ZinxServer;

import org.springframework.context.ApplicationEvent;

/**
 * Published each time the server has started and clients can connect.
 */
public final class ZinxServerStartedEvent extends ApplicationEvent {

	private final transient ZinxServer server;

	private final int port;

	/**
	 * Create an event.
	 * @param server the server
	 * @param port the port it listens on, -1 if it has none
	 */
	public ZinxServerStartedEvent(ZinxServer server, int port) {
		super(server);
		this.server = server;
		this.port = port;
	}

	/**
	 * The server.
	 * @return the server
	 */
	public ZinxServer server() {
		return this.server;
	}

	/**
	 * The port it listens on.
	 * @return the real port, also when {@code zinx.port} is 0; -1 if it is in memory or
	 * has a Unix domain socket alone
	 */
	public int port() {
		return this.port;
	}

}
