package io.zinx.boot.context;

import io.zinx.server.ZinxServer;

import org.springframework.context.ApplicationEvent;

/**
 * Published each time the server has stopped with its application context, on the thread
 * that stops the context. All connections are closed and their {@code onStop} has
 * returned.
 */
public final class ZinxServerStoppedEvent extends ApplicationEvent {

	private final transient ZinxServer server;

	/**
	 * Create an event.
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
