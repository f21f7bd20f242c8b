package io.zinx.bench;

/**
 * The system property of a server that makes its connections WebSocket connections.
 */
final class WebSockets {

	private static final String PROPERTY = "zinx.bench.ws";

	private WebSockets() {
	}

	/**
	 * True if this server was told so.
	 */
	static boolean given() {
		return Boolean.getBoolean(PROPERTY);
	}

	/**
	 * The argument of a server's JVM that tells it.
	 */
	static String jvmArgument() {
		return "-D" + PROPERTY + "=true";
	}

}
