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
	 * Read the memory that {@link #flush()} is about to read.
	 * @return a value without a meaning that depends on all reads
	 */
	long look();

	/**
	 * The time at which bytes were last received.
	 * @return nanoseconds, as {@link System#nanoTime()}
	 */
	long lastActiveNanos();

}
