package io.zinx.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * A counter for each constant of an enum. Any thread.
 *
 * @param <E> the enum
 */
final class EnumCounters<E extends Enum<E>> {

	/** The counters, one for each constant, so that a count allocates nothing. */
	private final Map<E, LongAdder> counters;

	EnumCounters(Class<E> type) {
		this.counters = new EnumMap<>(type);
		for (E constant : type.getEnumConstants()) {
			this.counters.put(constant, new LongAdder());
		}
	}

	void add(E constant, long count) {
		counter(constant).add(count);
	}

	long sum(E constant) {
		return counter(constant).sum();
	}

	private LongAdder counter(E constant) {
		return Objects.requireNonNull(this.counters.get(constant));
	}

}
