package io.zinx.connection;

/**
 * The result of a {@link Connection#send}.
 */
public enum SendResult {

	/**
	 * Accepted: the message will be written in order, unless the connection fails first.
	 */
	ACCEPTED,

	/** Not sent: the connection is closed or closing. */
	CLOSED,

	/**
	 * Not sent: the connection is congested and an outbound queue bound is reached. With
	 * policy {@code close} the connection is closed now, otherwise it stays open.
	 */
	OVERFLOW,

	/**
	 * Not sent: the message is longer than {@code zinx.outbound.max-bytes}, or the wire
	 * format cannot express its number or length.
	 */
	UNSENDABLE;

	/**
	 * Return whether the message was accepted.
	 * @return {@code true} for {@link #ACCEPTED}
	 */
	public boolean isAccepted() {
		return this == ACCEPTED;
	}

}
