package io.zinx.diagnostics;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two times of a server. Durations are measured with the one that is never set.
 *
 * @param wall what people call the time
 * @param nanoTime a number of nanoseconds that only grows, as {@link System#nanoTime()};
 * two of its values may be subtracted, one alone means nothing
 */
public record Clocks(InstantSource wall, LongSupplier nanoTime) {

	/** Those of this machine. */
	public static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

}
