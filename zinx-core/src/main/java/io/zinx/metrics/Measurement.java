package io.zinx.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The sum of measured values, and the listeners for each of them. Any thread.
 */
final class Measurement {

	private final LongAdder sum = new LongAdder();

	private volatile @Nullable LongConsumer listeners;

	synchronized void listen(LongConsumer listener) {
		LongConsumer before = this.listeners;
		this.listeners = (before != null) ? before.andThen(listener) : listener;
	}

	void add(long value) {
		this.sum.add(value);
		LongConsumer listener = this.listeners;
		if (listener != null) {
			listener.accept(value);
		}
	}

	long sum() {
		return this.sum.sum();
	}

}
