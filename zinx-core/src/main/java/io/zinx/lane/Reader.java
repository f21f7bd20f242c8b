package io.zinx.lane;

/**
 * The reading side of a connection, as its lane sees it. Event loop only, but for
 * {@link #givenBack}.
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

	/**
	 * The lane holds memory for messages that wait.
	 * @param bytes how much more than before, 0 or more
	 */
	default void held(int bytes) {
	}

	/**
	 * The lane has given memory back; {@link Lane#givenBack()} says so, too. Any thread.
	 * @param bytes how much, 0 or more
	 */
	default void givenBack(int bytes) {
	}

	/**
	 * The lane has less to do than when it was asked to tell.
	 */
	default void lookAgain() {
	}

}
