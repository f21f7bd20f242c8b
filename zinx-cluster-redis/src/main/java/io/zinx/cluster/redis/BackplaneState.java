package io.zinx.cluster.redis;

/**
 * The state of a {@link RedisBackplane}.
 *
 * <pre>
 * NEW --start--&gt; CONNECTING --connected--&gt; CONNECTED &lt;--connected--+
 *                    |                        |                 |
 *                    +--first attempt failed--+------lost-----&gt; AWAY
 *
 * any --close--&gt; CLOSED
 * </pre>
 *
 * The listener is told {@code restored} with each arrow into {@code CONNECTED}, and
 * {@code lost} with each arrow into {@code AWAY}.
 */
enum BackplaneState {

	/** Not started. */
	NEW,

	/** The first attempt to connect has no result yet. */
	CONNECTING,

	/** There is a connection. */
	CONNECTED,

	/** There is no connection; attempts to make one follow each other. */
	AWAY,

	/** Closed, or failed at start. */
	CLOSED

}
