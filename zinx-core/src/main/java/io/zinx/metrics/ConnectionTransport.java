package io.zinx.metrics;

/**
 * The way of a connection's bytes: the transport below its messages.
 */
public enum ConnectionTransport {

	/** TCP, in plain text. */
	TCP("tcp"),

	/** TCP with TLS. */
	TLS("tls"),

	/** WebSocket messages, in plain text. */
	WS("ws"),

	/** WebSocket messages, with TLS. */
	WSS("wss"),

	/** A Unix domain socket. */
	UNIX("unix"),

	/** Memory of this JVM, without sockets. */
	MEMORY("memory");

	private final String tag;

	ConnectionTransport(String tag) {
		this.tag = tag;
	}

	/**
	 * The transport's name in logs and metrics.
	 * @return a lower case word
	 */
	public String tag() {
		return this.tag;
	}

	@Override
	public String toString() {
		return this.tag;
	}

}
