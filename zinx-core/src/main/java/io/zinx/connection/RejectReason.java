package io.zinx.connection;

/**
 * The reason for which a client was rejected before it became a connection. It tags the
 * counter and is passed to each {@link RejectionListener}.
 */
public enum RejectReason {

	/** All {@code zinx.max-conn} slots are taken. */
	MAX_CONN("max-conn"),

	/** The server is stopping or draining. */
	SERVER_STOPPING("server-stopping");

	private final String tag;

	RejectReason(String tag) {
		this.tag = tag;
	}

	/**
	 * The reason's name in logs and metrics.
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
