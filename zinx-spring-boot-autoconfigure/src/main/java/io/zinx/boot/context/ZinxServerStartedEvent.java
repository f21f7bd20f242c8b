package io.zinx.boot.context;

import io.zinx.server.ZinxServer;

import org.springframework.context.ApplicationEvent;

/**
 * Published each time the server has started and clients can connect.
 */
public final class ZinxServerStartedEvent extends ApplicationEvent {

	private final transient ZinxServer server;

	private final int port;

	private final int webSocketPort;

	/**
	 * Create an event.
	 * @param server the server
	 * @param port the port it listens on, -1 if it has none
	 * @param webSocketPort the port for WebSocket connections only, -1 if it has none
	 */
	public ZinxServerStartedEvent(ZinxServer server, int port, int webSocketPort) {
		super(server);
		this.server = server;
		this.port = port;
		this.webSocketPort = webSocketPort;
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
	 * @return the real port, also when {@code zinx.port} is 0; -1 if it is in memory, or
	 * {@code zinx.port} is -1
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The port for WebSocket connections only.
	 * @return the real port, also when {@code zinx.websocket.port} is 0; -1 if there is
	 * none
	 */
	public int webSocketPort() {
		return this.webSocketPort;
	}

}
