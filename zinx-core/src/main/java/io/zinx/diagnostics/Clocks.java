package io.zinx.diagnostics;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a server. Durations are measured with the monotonic one.
 *
 * @param wall the wall clock
 * @param nanoTime the monotonic clock in nanoseconds, as {@link System#nanoTime()}; only
 * differences of its values have a meaning
 */
public record Clocks(InstantSource wall, LongSupplier nanoTime) {

	/** The clocks of this machine. */
	public static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

}
