package io.zinx.metrics;

/**
 * The outcome of a question to the application whether a client may connect.
 */
public enum AuthenticationOutcome {

	/** The client may connect. */
	ADMITTED("admitted"),

	/** The client may not connect. */
	REFUSED("refused"),

	/** There was no decision in time. */
	TIMEOUT("timeout"),

	/** The application has thrown an exception. */
	FAILED("failed"),

	/** The client was gone before there was a decision. */
	ABORTED("aborted");

	private final String tag;

	AuthenticationOutcome(String tag) {
		this.tag = tag;
	}

	/**
	 * The outcome's name in logs and metrics.
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
