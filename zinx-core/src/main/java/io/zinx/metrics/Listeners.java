package io.zinx.metrics;

import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The listeners for the values of one measurement. Any thread.
 */
final class Listeners {

	private volatile @Nullable LongConsumer all;

	synchronized void add(LongConsumer listener) {
		LongConsumer before = this.all;
		this.all = (before != null) ? before.andThen(listener) : listener;
	}

	void tell(long value) {
		LongConsumer listener = this.all;
		if (listener != null) {
			listener.accept(value);
		}
	}

}
