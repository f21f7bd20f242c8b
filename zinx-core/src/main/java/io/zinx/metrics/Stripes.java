package io.zinx.metrics;

import java.util.ArrayList;
import java.util.List;

import io.zinx.metrics.HandlerCounters.Stripe;
import org.jspecify.annotations.Nullable;

/**
 * The stripes of {@link HandlerCounters}. Any thread.
 */
final class Stripes {

	private final int places;

	/** Replaced as a whole, so that who sums up sees each message once. */
	private volatile Stripe[] all;

	/** The one among them that holds what threads have counted that have ended. */
	private @Nullable Stripe ended;

	Stripes(int places, List<Stripe> first) {
		this.places = places;
		this.all = first.toArray(Stripe[]::new);
	}

	/**
	 * All of them, not to be changed.
	 */
	Stripe[] all() {
		return this.all;
	}

	synchronized void add(Stripe stripe) {
		List<Stripe> more = new ArrayList<>(List.of(this.all));
		more.add(stripe);
		this.all = more.toArray(Stripe[]::new);
	}

	/**
	 * The thread of a stripe has ended: what it has counted goes on as part of one stripe
	 * for all of those.
	 * @param stripe the stripe
	 * @param sum one that has counted nothing
	 */
	synchronized void retire(Stripe stripe, Stripe sum) {
		List<Stripe> left = new ArrayList<>(List.of(this.all));
		left.remove(stripe);
		addAll(stripe, sum);
		if (this.ended != null) {
			left.remove(this.ended);
			addAll(this.ended, sum);
		}
		left.add(sum);
		this.ended = sum;
		this.all = left.toArray(Stripe[]::new);
	}

	private void addAll(Stripe from, Stripe sum) {
		for (int place = 0; place < this.places; place++) {
			int first = CounterCells.PADDING + place * HandlerCounters.FIELDS;
			int longest = first + HandlerCounters.LONGEST;
			for (int at = first; at < longest; at++) {
				sum.add(at, from.read(at));
			}
			sum.longest(longest, from.read(longest));
		}
	}

}
