package io.zinx.metrics;

import java.util.Arrays;
import java.util.stream.Stream;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The counters of handled messages by message number: their number and handling time, by
 * outcome. Numbers without a router of their own are counted together.
 * <p>
 * Connections are spread over stripes, each an array of its own, by their numbers in the
 * same way as over workers: where each worker alone handles its connections, a stripe has
 * one writer, and counting is a plain addition. The same holds where each thread has a
 * stripe of its own. Reads sum up the stripes.
 */
public final class HandlerCounters {

	/** The pseudo number of all messages without a router of their own. */
	public static final long OTHERS = -1;

	static final int HANDLED = 0;

	static final int MEASURED = 1;

	static final int NANOS = 2;

	/** The number of fields of each outcome. */
	static final int OF_OUTCOME = 3;

	static final int LONGEST = 9;

	static final int FIELDS = 10;

	private static final double NANOS_PER_MILLI = 1e6;

	private final MessageNumbers numbers;

	private final HandlerTiming timing;

	private final boolean oneWriter;

	private final CounterSet<HandlerStripe> stripes;

	private volatile @Nullable HandlerTimeListener listener;

	/** The stripe of each thread; {@code null} if stripes belong to connections. */
	private final @Nullable FastThreadLocal<HandlerStripe> ofThread;

	/**
	 * Create counters.
	 * @param msgIds the numbers that have a router of their own, ascending
	 * @param stripes the number of stripes, 1 or more
	 * @param oneWriter whether each stripe is written by one thread only
	 * @param timing the choice of messages whose handling time is measured
	 */
	public HandlerCounters(long[] msgIds, int stripes, boolean oneWriter, HandlerTiming timing) {
		this(msgIds, stripes, oneWriter, timing, false);
	}

	private HandlerCounters(long[] msgIds, int stripes, boolean oneWriter, HandlerTiming timing, boolean byThread) {
		this.numbers = new MessageNumbers(msgIds);
		this.timing = timing;
		this.oneWriter = oneWriter;
		this.stripes = new CounterSet<>(
				Stream.generate(() -> new HandlerStripe(this)).limit(stripes).toArray(HandlerStripe[]::new),
				(one, other) -> true, (one, other) -> CounterCells.sum(new HandlerStripe(this), FIELDS, one, other));
		this.ofThread = byThread ? new ThreadStripe() : null;
	}

	/**
	 * Create counters for few threads that handle messages of many connections: each has
	 * a stripe of its own.
	 * @param msgIds the numbers that have a router of their own, ascending
	 * @param timing the choice of messages whose handling time is measured
	 * @return the counters
	 */
	public static HandlerCounters ofThreads(long[] msgIds, HandlerTiming timing) {
		return new HandlerCounters(msgIds, 0, true, timing, true);
	}

	/**
	 * The time since the begin of a handler.
	 * @param begun the result of {@link HandlerStripe#begin}
	 * @return nanoseconds, more than 0; 0 if it is not measured
	 */
	public static long nanosSince(long begun) {
		return (begun != 0) ? Math.max(1, System.nanoTime() - begun) : 0;
	}

	/**
	 * The counters to which a connection adds.
	 * @param connId the connection's number
	 * @return its stripe, or that of the calling thread
	 */
	public HandlerStripe stripe(long connId) {
		if (this.ofThread != null) {
			return this.ofThread.get();
		}
		// A division of ints takes half the time of one of longs.
		HandlerStripe[] all = this.stripes.all();
		int index = (connId <= Integer.MAX_VALUE) ? (int) connId % all.length : (int) (connId % all.length);
		return all[index];
	}

	/**
	 * Add a listener for the handling times that are measured from now on.
	 * @param listener the listener
	 */
	public synchronized void onMeasured(HandlerTimeListener listener) {
		HandlerTimeListener before = this.listener;
		this.listener = (before == null) ? listener : (msgId, outcome, nanos) -> {
			before.measured(msgId, outcome, nanos);
			listener.measured(msgId, outcome, nanos);
		};
	}

	/**
	 * The numbers that have counters of their own.
	 * @return ascending
	 */
	public long[] msgIds() {
		return this.numbers.msgIds();
	}

	MessageNumbers numbers() {
		return this.numbers;
	}

	/**
	 * The number of messages handled, with or without success. A message with an
	 * asynchronous answer counts when that is done.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @return 0 or more
	 */
	public long handled(long msgId) {
		return sum(msgId, HANDLED);
	}

	/**
	 * The number of messages handled with one outcome.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @param outcome the outcome
	 * @return 0 or more; never decreases
	 */
	public long handled(long msgId, HandlerOutcome outcome) {
		return sum(msgId, HANDLED, outcome);
	}

	/**
	 * The number of messages whose handling time was measured.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @param outcome the outcome
	 * @return 0 or more; never decreases
	 */
	public long measured(long msgId, HandlerOutcome outcome) {
		return sum(msgId, MEASURED, outcome);
	}

	/**
	 * The sum of the measured handling times, without the wait for asynchronous answers.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @param outcome the outcome
	 * @return nanoseconds; never decreases
	 */
	public long measuredNanos(long msgId, HandlerOutcome outcome) {
		return sum(msgId, NANOS, outcome);
	}

	/**
	 * The mean of the measured handling times, whatever the outcome.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @return milliseconds, with a fraction; NaN if none was measured
	 */
	public double meanMillis(long msgId) {
		return sum(msgId, NANOS) / NANOS_PER_MILLI / sum(msgId, MEASURED);
	}

	/**
	 * The longest measured handling time, whatever the outcome.
	 * @param msgId their message number, or {@link #OTHERS}
	 * @return milliseconds, with a fraction
	 */
	public double longestMillis(long msgId) {
		int at = cell(msgId, LONGEST);
		return Arrays.stream(this.stripes.all()).mapToLong((stripe) -> stripe.read(at)).max().orElse(0)
				/ NANOS_PER_MILLI;
	}

	private long sum(long msgId, int field) {
		long sum = 0;
		for (HandlerOutcome outcome : HandlerOutcome.values()) {
			sum += sum(msgId, field, outcome);
		}
		return sum;
	}

	private long sum(long msgId, int field, HandlerOutcome outcome) {
		int at = cell(msgId, outcome.place() * OF_OUTCOME + field);
		long sum = 0;
		for (HandlerStripe stripe : this.stripes.all()) {
			sum += stripe.read(at);
		}
		return sum;
	}

	int cell(long msgId, int field) {
		return CounterCells.PADDING + this.numbers.place(msgId) * FIELDS + field;
	}

	private final class ThreadStripe extends FastThreadLocal<HandlerStripe> {

		@Override
		protected HandlerStripe initialValue() {
			HandlerStripe stripe = new HandlerStripe(HandlerCounters.this);
			HandlerCounters.this.stripes.add(stripe);
			return stripe;
		}

		@Override
		protected void onRemoval(HandlerStripe stripe) {
			HandlerCounters.this.stripes.retire(stripe);
		}

	}

	boolean oneWriter() {
		return this.oneWriter;
	}

	HandlerTiming timing() {
		return this.timing;
	}

	@Nullable HandlerTimeListener listener() {
		return this.listener;
	}

}
