package io.zinx.boot.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.metrics.HandlerTimeListener;

/**
 * The timers of handlers, one for each message number and outcome, where every message is
 * measured. Any thread.
 */
final class HandlerTimers implements HandlerTimeListener {

	private final long[] msgIds;

	/** The timers of each message number; the last ones are those of all others. */
	private final List<Map<HandlerOutcome, SafeTimer>> timers = new ArrayList<>();

	/**
	 * Create timers without registering any.
	 * @param msgIds the numbers that have timers of their own, ascending
	 */
	HandlerTimers(long[] msgIds) {
		this.msgIds = msgIds;
	}

	/**
	 * Register the timers of the next message number.
	 */
	void add(MeterRegistry registry, Tags tags) {
		Map<HandlerOutcome, SafeTimer> added = new EnumMap<>(HandlerOutcome.class);
		for (HandlerOutcome outcome : HandlerOutcome.values()) {
			added.put(outcome, SafeTimer.register(registry, ZinxMeters.HANDLER_TIME,
					tags.and(ZinxMeters.Tags.OUTCOME.asString(), outcome.tag())));
		}
		this.timers.add(added);
	}

	@Override
	public void measured(long msgId, HandlerOutcome outcome, long nanos) {
		int found = Arrays.binarySearch(this.msgIds, msgId);
		Map<HandlerOutcome, SafeTimer> ofNumber = this.timers.get((found >= 0) ? found : this.msgIds.length);
		Objects.requireNonNull(ofNumber.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
	}

}
