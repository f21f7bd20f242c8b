package io.zinx.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The counters of all event loops there are and were. Any thread.
 */
final class TrafficCounters {

	/** Replaced as a whole, so that who sums up sees each message once. */
	private volatile List<TrafficCounter> all = List.of();

	/** The one among them that holds what event loops have counted that have ended. */
	private @Nullable TrafficCounter ended;

	synchronized void add(TrafficCounter counter) {
		replace(Set.of(), counter);
	}

	/**
	 * The event loop of a counter has ended: what it has counted goes on as part of one
	 * counter for all of those.
	 */
	synchronized void retire(TrafficCounter counter) {
		TrafficCounter before = this.ended;
		if (!this.all.contains(counter) || counter == before) {
			return;
		}
		if (before == null || !before.hasNumbersOf(counter)) {
			this.ended = counter;
			return;
		}
		TrafficCounter sum = TrafficCounter.sum(before, counter);
		this.ended = sum;
		replace(Set.of(before, counter), sum);
	}

	private void replace(Set<TrafficCounter> old, TrafficCounter added) {
		List<TrafficCounter> changed = new ArrayList<>(this.all);
		changed.removeAll(old);
		changed.add(added);
		this.all = List.copyOf(changed);
	}

	long sum(ToLongFunction<TrafficCounter> value) {
		long sum = 0;
		for (TrafficCounter counter : this.all) {
			sum += value.applyAsLong(counter);
		}
		return sum;
	}

	/**
	 * How many counters are in memory.
	 */
	int size() {
		return this.all.size();
	}

}
