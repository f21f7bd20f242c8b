package io.zinx.metrics;

/**
 * The result of waiting for a header of the PROXY protocol.
 */
public enum ProxyHeaderResult {

	/** The header names the address of the client. */
	SUCCESS("success"),

	/**
	 * The header names no address: the proxy speaks for itself, for example in a health
	 * check, or does not know the address. The client is served like any other.
	 */
	LOCAL("local"),

	/** A header is required, and the client sent something else. */
	MISSING("missing"),

	/** The header came from an address that is not trusted. */
	UNTRUSTED("untrusted"),

	/** The header is not well-formed. */
	MALFORMED("malformed"),

	/** The header is longer than the server reads. */
	TOO_LONG("too-long"),

	/** The time limit was exceeded. */
	TIMEOUT("timeout"),

	/**
	 * The client was closed to make room for others, because too many handshakes were
	 * under way.
	 */
	DISPLACED("displaced"),

	/** One of the sides closed the connection before the end of the header. */
	ABORTED("aborted");

	private final String tag;

	ProxyHeaderResult(String tag) {
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
