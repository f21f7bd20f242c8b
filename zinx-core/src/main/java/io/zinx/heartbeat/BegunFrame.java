package io.zinx.heartbeat;

/**
 * A frame that was begun, or the memory of one that was. Event loop only.
 */
final class BegunFrame {

	long since;

	boolean missesRest;

	/** Whether the timer is armed for the end of the frame, too. */
	boolean armed;

}
