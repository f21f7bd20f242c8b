package io.zinx.metrics;

/**
 * The result of a TLS handshake.
 */
public enum HandshakeResult {

	/** The handshake has succeeded. */
	SUCCESS("success"),

	/** The client did not begin TLS: it sent something else. */
	PLAIN_TEXT("plain-text"),

	/** The time limit was exceeded. */
	TIMEOUT("timeout"),

	/** Client and server have no protocol version or cipher in common. */
	NOTHING_IN_COMMON("nothing-in-common"),

	/** The client sent no certificate, or one that the server does not trust. */
	CLIENT_CERTIFICATE("client-certificate"),

	/**
	 * The client refused, usually because it does not trust the server's certificate.
	 */
	REFUSED("refused"),

	/**
	 * The client was closed to make room for others, because too many handshakes were
	 * under way.
	 */
	DISPLACED("displaced"),

	/** One of the sides closed the connection before the end of the handshake. */
	ABORTED("aborted"),

	/**
	 * The client requested another handshake on an open connection, or new keys too
	 * often, which is refused. Its first handshake is also counted, as a success.
	 */
	RENEGOTIATION("renegotiation"),

	/** The handshake failed for another reason. */
	FAILED("failed");

	private final String tag;

	HandshakeResult(String tag) {
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
