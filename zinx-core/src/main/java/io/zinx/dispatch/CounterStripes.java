package io.zinx.dispatch;

import io.zinx.metrics.HandlerCounters;
import io.zinx.routing.Route;

/**
 * The choice of stripes for the counters of handlers: a worker or event loop that alone
 * handles its connections has a stripe of its own.
 */
final class CounterStripes {

	/** The number of stripes for threads that share them. */
	private static final int SHARED = 16;

	private CounterStripes() {
	}

	/**
	 * Create counters.
	 * @param plain whether no router has an execution of its own
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
