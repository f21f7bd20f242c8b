package io.zinx.outbound;

/**
 * A connection, as an event loop sees it that flushes connections together. Event loop
 * only.
 */
public interface Flushable {

	/**
	 * Write everything that is ready to be written.
	 */
	void flush();

	/**
	 * Look at everything that {@link #flush()} is about to read.
	 * @return of no meaning, but made of all that was looked at
	 */
	long look();

	/**
	 * The time at which bytes were last received.
	 * @return nanoseconds, as {@link System#nanoTime()}
	 */
	long lastActiveNanos();

}
