package io.zinx.lane;

/**
 * The reading side of a connection, as its lane sees it. Event loop only.
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
