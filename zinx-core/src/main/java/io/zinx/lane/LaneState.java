package io.zinx.lane;

/**
 * The one who may touch a {@link ScheduledLane}.
 *
 * <pre>
 *        put              congested, or answer later
 * IDLE ------> READY ----------------------------> CONGESTED, WAITING
 *   ^           |  ^                                |
 *   +-----------+  +--------------------------------+
 *    inbox empty    relieved, answered, or told of it
 * </pre>
 */
enum LaneState {

	/** Nothing to do. Whoever brings something makes it ready. */
	IDLE,

	/** With one runner: in its queue, or being run by it. */
	READY,

	/** The peer does not read. The event loop makes it ready. */
	CONGESTED,

	/** An answer comes later. The event loop makes it ready. */
	WAITING

}
