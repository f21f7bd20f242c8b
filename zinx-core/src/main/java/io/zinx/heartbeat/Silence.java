package io.zinx.heartbeat;

/**
 * A time in which nothing is heard of the peer. Event loop only.
 */
final class Silence {

	final long since;

	/**
	 * Whether the peer seemed dead or idle at the last look. What it sent may lie unread
	 * in the kernel if the event loop was held up, so it is looked at once more, one tick
	 * and with it one round of reading later.
	 */
	boolean suspected;

	/** Whether the application knows of it. */
	boolean reported;

	Silence(long since) {
		this.since = since;
	}

}
