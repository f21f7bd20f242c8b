package io.zinx.dispatch;

/**
 * What a lane asks of the reading side of its connection. Called on the connection's
 * event loop only.
 */
public interface Reader {

	/**
	 * The start hooks have run: begin to read.
	 */
	void begin();

	/**
	 * There is room again after {@link Lane#open} had said there was none: go on.
	 */
	void resume();

}
