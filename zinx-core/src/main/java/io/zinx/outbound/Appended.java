package io.zinx.outbound;

/**
 * The result of an attempt to send, which also says whether the caller must now publish
 * the connection.
 */
public enum Appended {

	/** It will be written; the connection is published already, or need not be. */
	ACCEPTED,

	/** It will be written once the caller has published the connection. */
	ACCEPTED_AND_LISTED,

	/** The connection is closed. */
	CLOSED,

	/** The queue bound of this connection is reached. */
	OVERFLOW,

	/**
	 * The queue bound of all connections together is reached, and this one holds a large
	 * part.
	 */
	TOTAL_OVERFLOW,

	/** The wire format cannot express it, or it is longer than the queue bound. */
	UNSENDABLE

}
