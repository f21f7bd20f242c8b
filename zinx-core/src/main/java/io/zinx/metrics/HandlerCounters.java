package io.zinx.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * How many messages of each number were handled, how many of those failed, and how long
 * handlers took. Numbers that have no router of their own are counted together.
 * <p>
 * Connections are spread over stripes, each an array of its own, by their numbers as they
 * are over workers: where each worker handles its connections alone, a stripe has one
 * writer, and counting is a plain addition. So it is where each thread has a stripe of
 * its own. Reading sums the stripes up.
 */
public final class HandlerCounters {

	/** Stands for all numbers that have no router of their own. */
	public static final long OTHERS = -1;

	private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int SMALL = 1024;

	private static final int HANDLED = 0;

	private static final int FAILED = 1;

	private static final int MEASURED = 2;

	private static final int NANOS = 3;

	private static final int LONGEST = 4;

	private static final int FIELDS = 5;

	/** So that two stripes never share a cache line. */
	private static final int PADDING = 16;

	private final long[] msgIds;

	private final HandlerTiming timing;

	private final boolean oneWriter;

	/** Replaced by a longer one when a thread gets its stripe. */
	private volatile Stripe[] stripes;

	/** The stripe of each thread; {@code null} if stripes belong to connections. */
	private final @Nullable FastThreadLocal<Stripe> ofThread;

	/** The places of small numbers, which most are. */
	private final int[] small = new int[SMALL];

	/**
	 * Begin to count.
	 * @param msgIds the numbers that have a router of their own, ascending
	 * @param stripes how many stripes, 1 or more
	 * @param oneWriter whether each stripe is written by one thread only
	 * @param timing for which messages to measure how long their handler takes
	 */
	public HandlerCounters(long[] msgIds, int stripes, boolean oneWriter, HandlerTiming timing) {
		this(msgIds, stripes, oneWriter, timing, false);
	}

	private HandlerCounters(long[] msgIds, int stripes, boolean oneWriter, HandlerTiming timing, boolean byThread) {
		this.msgIds = msgIds.clone();
		this.timing = timing;
		this.oneWriter = oneWriter;
		Arrays.fill(this.small, msgIds.length);
		for (int i = 0; i < msgIds.length && msgIds[i] < SMALL; i++) {
			this.small[(int) msgIds[i]] = i;
		}
		this.stripes = Stream.generate(Stripe::new).limit(stripes).toArray(Stripe[]::new);
		this.ofThread = byThread ? new ThreadStripe() : null;
	}

	/**
	 * Begin to count on few threads that handle messages of many connections: each has a
	 * stripe of its own.
	 * @param msgIds the numbers that have a router of their own, ascending
	 * @param timing for which messages to measure how long their handler takes
	 * @return the counters
	 */
	public static HandlerCounters ofThreads(long[] msgIds, HandlerTiming timing) {
		return new HandlerCounters(msgIds, 0, true, timing, true);
	}

	private synchronized Stripe newStripe() {
		Stripe stripe = new Stripe();
		Stripe[] longer = Arrays.copyOf(this.stripes, this.stripes.length + 1);
		longer[longer.length - 1] = stripe;
		this.stripes = longer;
		return stripe;
	}

	/**
	 * The counters to which a connection adds.
	 * @param connId the connection's number
	 * @return its stripe, or that of the calling thread
	 */
	public Stripe stripe(long connId) {
		if (this.ofThread != null) {
			return this.ofThread.get();
		}
		// A division of ints takes half the time of one of longs.
		int index = (connId <= Integer.MAX_VALUE) ? (int) connId % this.stripes.length
				: (int) (connId % this.stripes.length);
		return this.stripes[index];
	}

	/**
	 * The place of a number; behind all others if it has none.
	 */
	private int index(long msgId) {
		if (msgId >= 0 && msgId < this.small.length) {
			return this.small[(int) msgId];
		}
		int found = (msgId >= 0) ? Arrays.binarySearch(this.msgIds, msgId) : -1;
		return (found >= 0) ? found : this.msgIds.length;
	}

	/**
	 * The numbers that have counters of their own.
	 * @return ascending
	 */
	public long[] msgIds() {
		return this.msgIds.clone();
	}

	/**
	 * Messages handled, with or without success.
	 * @param msgId their number, or {@link #OTHERS}
	 * @return how many
	 */
	public long handled(long msgId) {
		return sum(msgId, HANDLED);
	}

	/**
	 * Messages whose handler has failed.
	 * @param msgId their number, or {@link #OTHERS}
	 * @return how many
	 */
	public long failed(long msgId) {
		return sum(msgId, FAILED);
	}

	/**
	 * Messages of which it was measured how long their handler took.
	 * @param msgId their number, or {@link #OTHERS}
	 * @return how many
	 */
	public long measured(long msgId) {
		return sum(msgId, MEASURED);
	}

	/**
	 * How long the handlers took together that were measured; the wait for an answer that
	 * came later is not part of it.
	 * @param msgId the number of their messages, or {@link #OTHERS}
	 * @return nanoseconds
	 */
	public long measuredNanos(long msgId) {
		return sum(msgId, NANOS);
	}

	/**
	 * How long the handler took that took longest of those that were measured.
	 * @param msgId the number of their messages, or {@link #OTHERS}
	 * @return milliseconds, with a fraction
	 */
	public double longestMillis(long msgId) {
		int at = PADDING + index(msgId) * FIELDS + LONGEST;
		long longest = Arrays.stream(this.stripes).mapToLong((stripe) -> stripe.read(at)).max().orElse(0);
		return longest / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	private long sum(long msgId, int field) {
		int at = PADDING + index(msgId) * FIELDS + field;
		long sum = 0;
		for (Stripe stripe : this.stripes) {
			sum += stripe.read(at);
		}
		return sum;
	}

	/**
	 * The stripe of a thread.
	 */
	private final class ThreadStripe extends FastThreadLocal<Stripe> {

		@Override
		protected Stripe initialValue() {
			return newStripe();
		}

	}

	/**
	 * The counters of some connections. By the thread that handles their messages.
	 */
	public final class Stripe {

		private final long[] cells = new long[(HandlerCounters.this.msgIds.length + 1) * FIELDS + 2 * PADDING];

		private Stripe() {
		}

		/**
		 * A message is about to be handled.
		 * @return the time, to be given to {@link #end}; 0 if it is not measured
		 */
		public long begin() {
			HandlerTiming timing = HandlerCounters.this.timing;
			if (timing == HandlerTiming.OFF) {
				return 0;
			}
			long before = read(0);
			add(0, 1);
			return timing.measures(before) ? System.nanoTime() : 0;
		}

		/**
		 * A message was handled.
		 * @param msgId its number
		 * @param failed whether its handler has failed
		 * @param begun what {@link #begin} has returned
		 */
		public void end(long msgId, boolean failed, long begun) {
			int at = PADDING + index(msgId) * FIELDS;
			add(at + HANDLED, 1);
			if (failed) {
				add(at + FAILED, 1);
			}
			if (begun != 0) {
				measured(at, Math.max(0, System.nanoTime() - begun));
			}
		}

		private void measured(int at, long nanos) {
			add(at + MEASURED, 1);
			add(at + NANOS, nanos);
			if (nanos > read(at + LONGEST)) {
				CELL.setOpaque(this.cells, at + LONGEST, nanos);
			}
		}

		/**
		 * An answer that was waited for has failed.
		 * @param msgId the number of the message
		 */
		public void failedLater(long msgId) {
			add(PADDING + index(msgId) * FIELDS + FAILED, 1);
		}

		private void add(int at, long value) {
			if (HandlerCounters.this.oneWriter) {
				CELL.setOpaque(this.cells, at, this.cells[at] + value);
			}
			else {
				CELL.getAndAdd(this.cells, at, value);
			}
		}

		private long read(int at) {
			return (long) CELL.getOpaque(this.cells, at);
		}

	}

}
