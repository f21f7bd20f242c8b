package io.zinx.inbound;

/**
 * A reader that does not read because too much is held. Event loop only.
 */
@FunctionalInterface
public interface PausedReader {

	/**
	 * There may be room again: look, and {@link InboundShare#goOn} if there is.
	 */
	void lookAgain();

}
