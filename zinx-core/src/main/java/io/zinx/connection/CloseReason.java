package io.zinx.connection;

/**
 * Why a connection has ended. Every connection ends with exactly one reason, which tags
 * the log line, the counter and the event.
 */
public enum CloseReason {

	/** The peer closed its side. */
	PEER_CLOSED("peer-closed", true, true),

	/** The connection broke: reset by the peer, timed out by the network. */
	RESET("reset", true, true),

	/** Nothing was received or sent for too long. */
	IDLE("idle", false, true),

	/** The peer showed no sign of life within the heartbeat timeout. */
	HEARTBEAT_MISSED("heartbeat-missed", false, true),

	/**
	 * The peer has not sent its first message, or the rest of one it had begun, in time.
	 */
	MESSAGE_TIMEOUT("message-timeout", false, true),

	/** The peer declared a frame longer than {@code zinx.max-packet-size}. */
	FRAME_TOO_LONG("frame-too-long", false, false),

	/** The peer sent bytes that cannot be a frame. */
	CORRUPT_FRAME("corrupt-frame", false, false),

	/** The check sum of a frame from the peer is wrong. */
	BAD_CHECKSUM("bad-checksum", false, true),

	/** The peer does not read what is sent to it, and the outbound bound is reached. */
	SLOW_CONSUMER("slow-consumer", false, true),

	/**
	 * The peer has begun a frame and not ended it, longer ago than others, while begun
	 * frames took too much of {@code zinx.inbound.total-max-bytes}.
	 */
	INBOUND_FULL("inbound-full", false, true),

	/** An operator or the application threw the peer out. */
	KICKED("kicked", false, false),

	/**
	 * A newer connection has bound a key of this one, mostly because the same user has
	 * logged in elsewhere. Who came back by itself would throw out the other in turn.
	 */
	REPLACED("replaced", false, false),

	/** The server is stopping. */
	SERVER_STOPPING("server-stopping", false, true),

	/** The server was drained: it leaves its clients to others, and goes on running. */
	DRAINED("drained", false, true),

	/** The connection has lasted as long as {@code zinx.max-conn-age} allows. */
	MAX_AGE("max-age", false, true),

	/** There was no room, or admission was refused. */
	REJECTED("rejected", false, true),

	/**
	 * The TLS handshake failed, see {@link io.zinx.metrics.HandshakeResult}, and no hook
	 * was called; or the client wanted another one on the connection that it had, or new
	 * keys again and again.
	 */
	HANDSHAKE_FAILED("handshake-failed", false, false),

	/** User code closed the connection. */
	HANDLER("handler", false, true),

	/** User code that the connection cannot do without has failed. */
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
	 * Whether the other side ended the connection. What it had sent before is still
	 * handled then; after a reason of our own it is not.
	 * @return whether the peer or the network was first
	 */
	public boolean byPeer() {
		return this.byPeer;
	}

	/**
	 * Whether it makes sense for the peer to connect again.
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
