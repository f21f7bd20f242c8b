package io.zinx.admission;

/**
 * What becomes of a client that connects when {@code max-conn} connections are there.
 */
public enum MaxConnPolicy {

	/** Its connection is closed at once. The default. */
	CLOSE("close"),

	/**
	 * It is connected but hears nothing until a slot is free; then it is served, in the
	 * order of arrival. As Go Zinx does since v1.0.2.
	 */
	WAIT("wait"),

	/** It gets a message, then its connection is closed. */
	REJECT_MESSAGE("reject-message");

	private final String tag;

	MaxConnPolicy(String tag) {
		this.tag = tag;
	}

	/**
	 * The policy's name in settings and logs.
	 * @return lower case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
