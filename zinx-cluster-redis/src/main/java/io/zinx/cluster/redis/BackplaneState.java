package io.zinx.cluster.redis;

/**
 * The state of a {@link BackplaneRun}.
 *
 * <pre>
 * CONNECTING --connected--&gt; CONNECTED --lost--&gt; AWAY
 *     |                         ^                |^
 *     |                         +---connected----+|
 *     +--first attempt failed---------------------+
 *
 * any --close, or a failed start--&gt; CLOSED
 * </pre>
 *
 * The listener is told {@code restored} with each arrow into {@code CONNECTED}, and
 * {@code lost} with each arrow into {@code AWAY}.
 */
enum BackplaneState {

	/** The first attempt to connect has no result yet. */
	CONNECTING,

	/** There is a connection. */
	CONNECTED,

	/** There is no connection; attempts to make one follow each other. */
	AWAY,

	/** Nothing happens any more. */
	CLOSED

}
