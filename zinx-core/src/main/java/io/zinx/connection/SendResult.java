package io.zinx.connection;

/**
 * What became of a message that was given to {@link Connection#send}.
 */
public enum SendResult {

	/** Taken over: it will be written in order, unless the connection breaks first. */
	ACCEPTED,

	/** Not sent: the connection is closed or closing. */
	CLOSED,

	/**
	 * Not sent: the peer does not read and the outbound bound is reached. With policy
	 * {@code close} the connection is closed now, otherwise it stays.
	 */
	OVERFLOW,

	/**
	 * Not sent: the message is longer than the outbound bound, or the wire format cannot
	 * express its number or length.
	 */
	UNSENDABLE;

	/**
	 * Whether the message was taken over.
	 * @return {@code true} for {@link #ACCEPTED}
	 */
	public boolean isAccepted() {
		return this == ACCEPTED;
	}

}
