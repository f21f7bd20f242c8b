package io.zinx.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The counters of all current and former threads. When a thread has ended, its counts are
 * added to one counter for all such threads. Any thread.
 *
 * @param <T> the type of the counters
 */
final class CounterSet<T> {

	private final BiPredicate<T, T> alike;

	private final BinaryOperator<T> sum;

	/** The counters, replaced as a whole, so that a sum includes each message once. */
	private volatile T[] all;

	/** The one among them with the counts of threads that have ended. */
	private @Nullable T ended;

	/**
	 * Create a set.
	 * @param first the initial counters
	 * @param alike tells whether two counters can be added up
	 * @param sum creates the sum of two counters that no longer change
	 */
	CounterSet(T[] first, BiPredicate<T, T> alike, BinaryOperator<T> sum) {
		this.all = first.clone();
		this.alike = alike;
		this.sum = sum;
	}

	/**
	 * All counters, those of ended threads as one; not to be changed.
	 */
	T[] all() {
		return this.all;
	}

	synchronized void add(T counter) {
		replace(Set.of(), counter);
	}

	/**
	 * The thread of a counter has ended.
	 * @param counter the counter; no effect if it was retired before
	 */
	synchronized void retire(T counter) {
		T before = this.ended;
		if (!List.of(this.all).contains(counter) || counter == before) {
			return;
		}
		if (before == null || !this.alike.test(before, counter)) {
			this.ended = counter;
			return;
		}
		T both = this.sum.apply(before, counter);
		this.ended = both;
		replace(Set.of(before, counter), both);
	}

	private void replace(Set<T> old, T added) {
		List<T> changed = new ArrayList<>(List.of(this.all));
		changed.removeAll(old);
		changed.add(added);
		this.all = changed.toArray(Arrays.copyOf(this.all, 0));
	}

}
