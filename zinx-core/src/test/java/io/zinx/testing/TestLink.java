package io.zinx.testing;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The link between servers and clients of tests: what is between the socket and the
 * messages. Tests that do not say otherwise use the one of {@code -Dzinx.test.link},
 * which is {@code tcp} by default.
 */
public enum TestLink {

	/** Plain TCP. */
	TCP,

	/** TLS over TCP. */
	TLS,

	/** TLS over TCP, behind a header of the PROXY protocol. */
	PROXY_TLS,

	/** A Unix domain socket. */
	UNIX,

	/** WebSocket over TCP. */
	WS,

	/** WebSocket over TLS over TCP. */
	WSS;

	/** The paths of Unix domain sockets, by the port of the same server. */
	private static final Map<Integer, Path> PATHS = new ConcurrentHashMap<>();

	private static final TestLink USUAL = valueOf(
			System.getProperty("zinx.test.link", "tcp").replace('-', '_').toUpperCase(Locale.ROOT));

	/**
	 * The link of tests that do not say otherwise.
	 * @return the link
	 */
	public static TestLink usual() {
		return USUAL;
	}

	/**
	 * Return whether clients shake hands.
	 * @return whether there is TLS
	 */
	public boolean isEncrypted() {
		return this == TLS || this == PROXY_TLS || this == WSS;
	}

	/**
	 * Return whether servers see the ports of their clients.
	 * @return {@code false} behind a load balancer, and without ports
	 */
	public boolean hasPorts() {
		return this != PROXY_TLS && this != UNIX;
	}

	/**
	 * Return whether messages are those of WebSocket.
	 * @return whether clients send a request first
	 */
	public boolean isWebSocket() {
		return this == WS || this == WSS;
	}

	/**
	 * Record the path of a server's Unix domain socket.
	 * @param port the port of the server
	 * @param path the path
	 */
	public static void listens(int port, Path path) {
		PATHS.put(port, path);
	}

	/**
	 * The path of a server's Unix domain socket.
	 * @param port the port of the server
	 * @return the path
	 */
	static Path path(int port) {
		Path path = PATHS.get(port);
		if (path == null) {
			throw new IllegalArgumentException("The server on port " + port + " has no Unix domain socket");
		}
		return path;
	}

}
