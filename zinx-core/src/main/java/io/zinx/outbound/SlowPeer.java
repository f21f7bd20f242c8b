package io.zinx.outbound;

/**
 * A congested connection that may be closed to free memory. Any thread.
 */
public interface SlowPeer {

	/**
	 * Return whether it is open and still congested.
	 * @return whether closing it frees memory
	 */
	boolean isSlow();

	/**
	 * Close it, and discard its waiting messages at once.
	 */
	void closeAsSlow();

}
