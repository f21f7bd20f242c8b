package io.zinx.dispatch;

import io.zinx.metrics.HandlerCounters;
import io.zinx.routing.Route;

/**
 * The stripes over which the counters of handlers are spread: where each worker or event
 * loop handles its connections alone, it has a stripe alone.
 */
final class CounterStripes {

	/** Over how many stripes threads spread that count together. */
	private static final int SHARED = 16;

	private CounterStripes() {
	}

	/**
	 * Make counters.
	 * @param plain whether all routers run where the mode says
	 */
	static HandlerCounters of(WorkerSettings settings, Handlers handlers, boolean plain) {
		long[] msgIds = handlers.routes().all().stream().mapToLong(Route::msgId).toArray();
		if (plain && settings.mode() == WorkerMode.EVENT_LOOP) {
			return HandlerCounters.ofThreads(msgIds, handlers.timing());
		}
		boolean oneWriter = plain && settings.mode() == WorkerMode.HASH;
		return new HandlerCounters(msgIds, oneWriter ? settings.poolSize() : SHARED, oneWriter, handlers.timing());
	}

}
