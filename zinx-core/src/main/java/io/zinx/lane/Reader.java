package io.zinx.lane;

/**
 * The reading side of a connection, as its lane sees it. Event loop only, but for
 * {@link #givenBack}.
 */
public interface Reader {

	/**
	 * {@code onStart} has returned: begin to read.
	 */
	void begin();

	/**
	 * {@link Lane#open} would grant frames again after it had granted none: continue.
	 */
	void resume();

	/**
	 * The lane holds more memory for waiting messages.
	 * @param bytes the increase, 0 or more
	 */
	default void held(int bytes) {
	}

	/**
	 * The lane has released memory, which {@link Lane#givenBack()} includes, too. Any
	 * thread.
	 * @param bytes the decrease, 0 or more
	 */
	default void givenBack(int bytes) {
	}

	/**
	 * The lane has handled a part of its waiting messages, see {@link Lane#tellWhenLess}.
	 */
	default void lookAgain() {
	}

}
