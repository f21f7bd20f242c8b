package io.zinx.outbound;

/**
 * A connection that an event loop flushes together with others. Event loop only.
 */
public interface Flushable {

	/**
	 * Write everything that is ready to be written.
	 */
	void flush();

	/**
	 * The time at which bytes were last received.
	 * @return nanoseconds, as {@link System#nanoTime()}
	 */
	long lastActiveNanos();

}
