package io.zinx.heartbeat;

/**
 * The last incomplete frame of a connection, also after its end. Event loop only.
 */
final class IncompleteFrame {

	long since;

	boolean missesRest;

	/** True if the timer is armed for the end of the frame, too. */
	boolean armed;

}
