package io.zinx.pipeline;

/**
 * The end of a connection, as its lane was notified of it. Each step is reported once, in
 * this order, when everything before it was passed on.
 *
 * <pre>
 *   NOTHING ----> END ----> SOCKET_CLOSED
 *      |                         ^
 *      +-------------------------+
 * </pre>
 */
enum ReportedEnd {

	/** No end was reported. */
	NOTHING,

	/** The end of the messages was reported. */
	END,

	/** The close of the socket was reported. */
	SOCKET_CLOSED

}
