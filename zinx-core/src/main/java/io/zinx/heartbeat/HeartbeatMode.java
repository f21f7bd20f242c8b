package io.zinx.heartbeat;

/**
 * The side that sends heartbeats. In every mode but {@link #OFF}, a peer that sent
 * nothing for the timeout counts as dead.
 */
public enum HeartbeatMode {

	/** No side; peers are not checked. The default. */
	OFF("off", false),

	/** The server, once in each interval, as Zinx does. */
	SEND("send", true),

	/** The clients. The server checks for them and does not answer. */
	CHECK_ONLY("check-only", false),

	/** The clients; the server answers each heartbeat with its own. */
	REPLY("reply", true);

	private final String tag;

	private final boolean sends;

	HeartbeatMode(String tag, boolean sends) {
		this.tag = tag;
		this.sends = sends;
	}

	/**
	 * True if the server sends heartbeats.
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
