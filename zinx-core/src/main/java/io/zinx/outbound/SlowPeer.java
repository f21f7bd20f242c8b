package io.zinx.outbound;

/**
 * A connection whose peer does not read, to those who look for memory. Any thread.
 */
public interface SlowPeer {

	/**
	 * Whether it is open, and congested still.
	 * @return whether closing it makes room
	 */
	boolean isSlow();

	/**
	 * Close it, and forget at once what waits for it.
	 */
	void closeAsSlow();

}
