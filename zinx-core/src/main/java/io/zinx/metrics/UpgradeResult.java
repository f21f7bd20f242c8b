package io.zinx.metrics;

/**
 * The result of an HTTP request that could begin a WebSocket connection.
 */
public enum UpgradeResult {

	/** The connection is one of WebSocket messages. */
	SUCCESS("success"),

	/** The request was that of a health check, and has been answered. */
	HEALTH("health"),

	/** The request was not to begin WebSocket messages. */
	NOT_UPGRADE("not-upgrade"),

	/** The request was for another path. */
	PATH("path"),

	/** The page that has sent the request is of an origin that is not allowed. */
	ORIGIN("origin"),

	/** The client asked for subprotocols that the server does not have. */
	SUBPROTOCOL("subprotocol"),

	/** The application has refused the client. */
	REFUSED("refused"),

	/** The bytes were not a well-formed request of HTTP or of WebSocket version 13. */
	MALFORMED("malformed"),

	/** The head of the request was too long. */
	TOO_LONG("too-long"),

	/** The time limit was exceeded. */
	TIMEOUT("timeout"),

	/**
	 * The client was closed to make room for others, because too many handshakes were
	 * under way.
	 */
	DISPLACED("displaced"),

	/** One of the sides closed the connection before the request was complete. */
	ABORTED("aborted");

	private final String tag;

	UpgradeResult(String tag) {
		this.tag = tag;
	}

	/**
	 * The result's name in logs and metrics.
	 * @return lower case words joined by hyphens
	 */
	public String tag() {
		return this.tag;
	}

	@Override
	public String toString() {
		return this.tag;
	}

}
