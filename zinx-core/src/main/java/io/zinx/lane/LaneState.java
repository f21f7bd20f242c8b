package io.zinx.lane;

/**
 * The state of a {@link ScheduledLane}, which determines its owner: the runner in state
 * {@code READY}, otherwise the event loop.
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

	/** Nothing to do. A thread that adds a task makes it ready. */
	IDLE,

	/** Owned by one runner: in its queue, or being run by it. */
	READY,

	/** The connection is congested. The event loop makes it ready. */
	CONGESTED,

	/** An asynchronous answer is awaited. The event loop makes it ready. */
	WAITING

}
