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

	/** There is no room on this connection. */
	OVERFLOW,

	/** All connections together hold too much, and this one much of it. */
	TOTAL_OVERFLOW,

	/** The wire format cannot express it, or it is longer than the bound. */
	UNSENDABLE

}
