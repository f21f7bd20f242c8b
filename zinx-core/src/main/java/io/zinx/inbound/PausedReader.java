package io.zinx.inbound;

/**
 * A reader that is paused because too much memory is held. Event loop only.
 */
@FunctionalInterface
public interface PausedReader {

	/**
	 * Memory may be free again: check, and call {@link InboundShare#goOn} if it is.
	 */
	void lookAgain();

}
