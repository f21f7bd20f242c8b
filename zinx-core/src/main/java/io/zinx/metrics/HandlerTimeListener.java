package io.zinx.metrics;

/**
 * A listener for the handling times that are measured, see
 * {@link HandlerCounters#onMeasured}.
 */
@FunctionalInterface
public interface HandlerTimeListener {

	/**
	 * The handling time of a message was measured. Called by the thread that has handled
	 * the message, for each such message; must neither block nor throw.
	 * @param msgId the message number, 0 to 4294967295
	 * @param outcome the outcome
	 * @param nanos the time in nanoseconds, more than 0, without the wait for an
	 * asynchronous answer
	 */
	void measured(long msgId, HandlerOutcome outcome, long nanos);

}
