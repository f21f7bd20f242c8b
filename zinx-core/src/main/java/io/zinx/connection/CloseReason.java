package io.zinx.connection;

/**
 * The reason for the end of a connection. Every connection ends with exactly one reason,
 * which tags the log line, the counter and the event.
 */
public enum CloseReason {

	/** The peer closed its side. */
	PEER_CLOSED("peer-closed", true, true),

	/** The connection failed: reset by the peer, or timed out by the network. */
	RESET("reset", true, true),

	/** Nothing was received or sent for too long. */
	IDLE("idle", false, true),

	/** The peer showed no sign of life within the heartbeat timeout. */
	HEARTBEAT_MISSED("heartbeat-missed", false, true),

	/**
	 * The peer did not send its first message, or the rest of a message, in time.
	 */
	MESSAGE_TIMEOUT("message-timeout", false, true),

	/** The peer declared a frame longer than {@code zinx.max-packet-size}. */
	FRAME_TOO_LONG("frame-too-long", false, false),

	/** The peer sent bytes that cannot be a frame. */
	CORRUPT_FRAME("corrupt-frame", false, false),

	/** A frame from the peer has a wrong checksum. */
	BAD_CHECKSUM("bad-checksum", false, true),

	/** The connection is congested and its outbound queue bound is reached. */
	SLOW_CONSUMER("slow-consumer", false, true),

	/**
	 * The peer has sent only a part of a frame, the oldest one at a time at which
	 * incomplete frames took too much of {@code zinx.inbound.total-max-bytes}.
	 */
	INBOUND_FULL("inbound-full", false, true),

	/** An operator or the application closed the connection. */
	KICKED("kicked", false, false),

	/**
	 * A newer connection has bound a key of this one, usually because the same user has
	 * logged in elsewhere. A client that reconnected on its own would replace the other
	 * one in turn.
	 */
	REPLACED("replaced", false, false),

	/** The server is stopping. */
	SERVER_STOPPING("server-stopping", false, true),

	/**
	 * The server is draining: its clients shall connect to another server, while it keeps
	 * running.
	 */
	DRAINED("drained", false, true),

	/** The connection has reached its maximum age, {@code zinx.max-conn-age}. */
	MAX_AGE("max-age", false, true),

	/** No slot was free, or admission was refused. */
	REJECTED("rejected", false, true),

	/**
	 * The client asked for another TLS handshake on the open connection, or for new keys
	 * too often. A client whose first handshake fails has no connection, see
	 * {@link io.zinx.metrics.HandshakeResult}.
	 */
	HANDSHAKE_FAILED("handshake-failed", false, false),

	/** User code closed the connection. */
	HANDLER("handler", false, true),

	/**
	 * Code that the connection depends on has failed: {@code onStart} of a listener, a
	 * codec or this framework.
	 */
	INTERNAL_ERROR("internal-error", false, true);

	private final String tag;

	private final boolean byPeer;

	private final boolean reconnect;

	CloseReason(String tag, boolean byPeer, boolean reconnect) {
		this.tag = tag;
		this.byPeer = byPeer;
		this.reconnect = reconnect;
	}

	/**
	 * The reason's name in logs and metrics.
	 * @return lower case words joined by hyphens
	 */
	public String tag() {
		return this.tag;
	}

	/**
	 * Return whether the peer or the network ended the connection. Messages received
	 * before are still handled then; after a reason of this side they are not.
	 * @return {@code false} if this side ended it
	 */
	public boolean byPeer() {
		return this.byPeer;
	}

	/**
	 * Return whether the peer may succeed if it connects again.
	 * @return {@code false} if the same would happen again
	 */
	public boolean reconnect() {
		return this.reconnect;
	}

	@Override
	public String toString() {
		return this.tag;
	}

}
