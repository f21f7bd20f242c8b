package io.zinx.metrics;

/**
 * How a TLS handshake has ended.
 */
public enum HandshakeResult {

	/** Both sides agree. */
	SUCCESS("success"),

	/** The client did not begin TLS: it sent something else. */
	PLAIN_TEXT("plain-text"),

	/** It was not over in time. */
	TIMEOUT("timeout"),

	/** There is no protocol version or cipher that both sides allow. */
	NOTHING_IN_COMMON("nothing-in-common"),

	/** The client has shown no certificate, or one that is not trusted. */
	CLIENT_CERTIFICATE("client-certificate"),

	/**
	 * The client has refused to go on, mostly because it does not trust the server's
	 * certificate.
	 */
	REFUSED("refused"),

	/** One of both sides has closed the connection before it was over. */
	ABORTED("aborted"),

	/**
	 * The client wanted another one on a connection that had one, or new keys again and
	 * again, which is refused. Its first one was a success and is counted as that, too.
	 */
	RENEGOTIATION("renegotiation"),

	/** It failed otherwise. */
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
