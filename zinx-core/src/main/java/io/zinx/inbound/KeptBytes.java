package io.zinx.inbound;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection keeps uncut between two reads: a frame that was begun, or
 * frames for which there is no room. Event loop only.
 */
public abstract class KeptBytes {

	/** The neighbours in the list of begun frames. */
	@Nullable KeptBytes older;

	@Nullable KeptBytes newer;

	/** Whether it is in that list. */
	boolean begun;

	/** The time at which the frame was begun. */
	long since;

	/** The memory it takes, as it is counted. */
	int bytes;

	/**
	 * The memory it takes.
	 * @return bytes, as it was counted last; 0 if it is not kept
	 */
	public final int bytes() {
		return this.bytes;
	}

	/**
	 * Its frame was begun longest ago of all, and begun frames take too much memory: end
	 * the connection and give the memory back.
	 */
	protected abstract void full();

}
