package io.zinx.heartbeat;

/**
 * The silence of a peer: a time without a sign of life. Event loop only.
 */
final class Silence {

	final long since;

	/**
	 * True if the peer seemed dead or idle at the last check. Its bytes may be unread in
	 * the kernel if the event loop was delayed, so it is checked again one tick, and with
	 * it one round of reading, later.
	 */
	boolean suspected;

	/** True if the application was notified. */
	boolean reported;

	Silence(long since) {
		this.since = since;
	}

}
