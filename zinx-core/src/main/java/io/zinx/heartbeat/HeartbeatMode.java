package io.zinx.heartbeat;

/**
 * Who sends heartbeats. In every mode but {@link #OFF} a peer from which nothing came for
 * the timeout counts as dead.
 */
public enum HeartbeatMode {

	/** Nobody, and nothing is checked. The default. */
	OFF("off", false),

	/** The server, once an interval. What Zinx does. */
	SEND("send", true),

	/** The clients. The server checks that they do, and answers nothing. */
	CHECK_ONLY("check-only", false),

	/** The clients, and the server answers each of theirs with one of its own. */
	REPLY("reply", true);

	private final String tag;

	private final boolean sends;

	HeartbeatMode(String tag, boolean sends) {
		this.tag = tag;
		this.sends = sends;
	}

	/**
	 * Whether the server ever sends a heartbeat.
	 * @return whether it does
	 */
	boolean sends() {
		return this.sends;
	}

	/**
	 * The mode's name in settings and logs.
	 * @return lower case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
