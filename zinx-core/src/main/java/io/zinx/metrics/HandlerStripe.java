package io.zinx.metrics;

/**
 * Some of the counters of {@link HandlerCounters}: those of some connections, or of a
 * thread. For the thread that handles the messages.
 */
public final class HandlerStripe extends CounterCells {

	private final HandlerCounters counters;

	HandlerStripe(HandlerCounters counters) {
		super(counters.numbers().places() * HandlerCounters.FIELDS, counters.oneWriter());
		this.counters = counters;
	}

	/**
	 * A message is about to be handled.
	 * @return the time, to be given to {@link HandlerCounters#nanosSince}; 0 if it is not
	 * measured
	 */
	public long begin() {
		HandlerTiming timing = this.counters.timing();
		if (timing == HandlerTiming.OFF) {
			return 0;
		}
		long before = read(0);
		add(0, 1);
		return timing.measures(before) ? System.nanoTime() : 0;
	}

	/**
	 * A message was handled, including an asynchronous answer.
	 * @param msgId its number
	 * @param outcome the outcome
	 * @param nanos its handling time; 0 if that was not measured
	 */
	public void end(long msgId, HandlerOutcome outcome, long nanos) {
		int at = this.counters.cell(msgId, outcome.place() * HandlerCounters.OF_OUTCOME);
		add(at + HandlerCounters.HANDLED, 1);
		if (nanos != 0) {
			add(at + HandlerCounters.MEASURED, 1);
			add(at + HandlerCounters.NANOS, nanos);
			longest(this.counters.cell(msgId, HandlerCounters.LONGEST), nanos);
			HandlerTimeListener listener = this.counters.listener();
			if (listener != null) {
				listener.measured(msgId, outcome, nanos);
			}
		}
	}

}
