package io.zinx.outbound;

/**
 * The first handler of a pipeline with several handlers, which knows whether all of them
 * pass messages on as they are written, so that they may be written past them. Event loop
 * only.
 */
public interface UnchangedWrites {

	/**
	 * Return whether what is written reaches the socket unchanged.
	 * @return {@code false} if a handler encodes it, or must see it
	 */
	boolean areUnchanged();

}
