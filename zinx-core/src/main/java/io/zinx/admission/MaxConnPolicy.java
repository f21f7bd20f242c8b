package io.zinx.admission;

/**
 * The policy for a client that connects when all {@code zinx.max-conn} slots are taken.
 */
public enum MaxConnPolicy {

	/** Its connection is closed at once. The default. */
	CLOSE("close"),

	/**
	 * It stays connected without being served until a slot is free, in the order of
	 * arrival. Zinx for Go does the same since v1.0.2.
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
