package io.zinx.metrics;

/**
 * The reason for which a message was dropped: it was received and is not handled, or it
 * was given to a connection and is not sent. A dropped message counts for exactly one
 * reason.
 */
public enum DropReason {

	/** Received: no router handles its number. */
	NO_ROUTER("no-router"),

	/**
	 * Received while the connection drains, after the quiet period, and refused or
	 * dropped by {@code zinx.shutdown.late-requests}.
	 */
	LATE_REQUEST("late-request"),

	/** Received: the server closed the connection before the message was handled. */
	CLOSED_BEFORE_HANDLED("closed-before-handled"),

	/** Received: the server stopped before the message was handled. */
	SERVER_STOPPING("server-stopping"),

	/**
	 * To be sent: the connection was closed already, or it closed before the message was
	 * handed to its socket.
	 */
	CLOSED_BEFORE_SENT("closed-before-sent"),

	/**
	 * To be sent: the client does not read, and {@code zinx.outbound.max-bytes} is
	 * reached. With policy {@code close} the messages count, too, that waited on a
	 * connection that is closed as slow, for this bound or for
	 * {@code zinx.outbound.total-max-bytes}.
	 */
	SLOW_CONSUMER("slow-consumer"),

	/**
	 * To be sent: {@code zinx.outbound.total-max-bytes} is reached, and the connection
	 * holds a large part of it or the message is long.
	 */
	OUTBOUND_FULL("outbound-full"),

	/**
	 * To be sent: the message is longer than {@code zinx.outbound.max-bytes}, or the wire
	 * format cannot express its number or length.
	 */
	UNSENDABLE("unsendable");

	private final String tag;

	DropReason(String tag) {
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
