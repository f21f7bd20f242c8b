package io.zinx.inbound;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that one connection keeps between two reads because they are not decoded: an
 * incomplete frame, or frames that the lane does not accept yet. Event loop only.
 */
public abstract class KeptBytes {

	/** The neighbours in the list of incomplete frames. */
	@Nullable KeptBytes older;

	@Nullable KeptBytes newer;

	/** True while it is in that list. */
	boolean incomplete;

	/** The time of the first byte of the frame. */
	long since;

	/** The memory it takes, as counted. */
	int bytes;

	/**
	 * The memory it takes.
	 * @return bytes, as counted last; 0 if it is not kept
	 */
	public final int bytes() {
		return this.bytes;
	}

	/**
	 * Its frame is the oldest incomplete one while incomplete frames take too much
	 * memory: end the connection and release the memory.
	 */
	protected abstract void full();

}
