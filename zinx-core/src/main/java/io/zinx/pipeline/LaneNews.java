package io.zinx.pipeline;

/**
 * The last thing that a lane was told of the end of its connection. Each is told once, in
 * this order, when everything before it was handed over.
 *
 * <pre>
 *   NOTHING ----> END ----> SOCKET_CLOSED
 *      |                         ^
 *      +-------------------------+
 * </pre>
 */
enum LaneNews {

	/** It was told of no end. */
	NOTHING,

	/** Nothing more comes. */
	END,

	/** The socket is closed. */
	SOCKET_CLOSED

}
