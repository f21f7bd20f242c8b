package io.zinx.boot.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timer of a registry whose exceptions do no harm to the threads of the server. Any
 * thread.
 */
final class SafeTimer {

	private static final Logger logger = LoggerFactory.getLogger(SafeTimer.class);

	private static final LogThrottle failed = new LogThrottle(1, System::nanoTime);

	private final Timer timer;

	private SafeTimer(Timer timer) {
		this.timer = timer;
	}

	/**
	 * Register a timer, whose maximum, percentiles and objectives are those that the
	 * registry is configured for.
	 */
	static SafeTimer register(MeterRegistry registry, ZinxMeters meter, Tags tags) {
		return new SafeTimer(
				Timer.builder(meter.getName()).description(meter.description()).tags(tags).register(registry));
	}

	void record(long time, TimeUnit unit) {
		try {
			this.timer.record(time, unit);
		}
		catch (Throwable ex) {
			failed.log((withheld) -> logger.warn("Timer {} cannot record a time ({} more since the last such line)",
					this.timer.getId(), withheld, ex));
		}
	}

}
