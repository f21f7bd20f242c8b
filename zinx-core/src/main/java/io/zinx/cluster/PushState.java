package io.zinx.cluster;

/**
 * The knowledge about a message that was sent to the connections of all nodes.
 */
public enum PushState {

	/**
	 * Accepted for a connection of this node, or handed to another node that has such
	 * connections.
	 */
	SENT("sent"),

	/**
	 * There is no receiver, neither on this node nor on another one. The sender may store
	 * the message, or call the phone.
	 */
	NO_RECEIVER("no-receiver"),

	/**
	 * Not sent to other nodes: the backplane is away, or more than
	 * {@code zinx.cluster.max-pending} bytes wait for it. Connections of this node have
	 * got it.
	 */
	UNAVAILABLE("unavailable"),

	/**
	 * The backplane has not answered within {@code zinx.cluster.publish-timeout}, or the
	 * connection to it was lost meanwhile: other nodes may have got it or not.
	 */
	UNKNOWN("unknown");

	private final String tag;

	PushState(String tag) {
		this.tag = tag;
	}

	/**
	 * The state's name in logs and metrics.
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
