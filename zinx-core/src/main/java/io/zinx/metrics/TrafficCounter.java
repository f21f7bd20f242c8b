package io.zinx.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters of messages and bytes of one event loop, in total and by message number.
 * Only that event loop adds; any thread reads values that never decrease.
 */
public sealed class TrafficCounter {

	private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int IN = 0;

	private static final int OUT = 2;

	/**
	 * The number of fields for each message number: messages and bytes in, messages and
	 * bytes out.
	 */
	private static final int FIELDS = 4;

	/**
	 * The unused cells at both ends, so that two event loops never share a cache line.
	 */
	private static final int PADDING = 16;

	private static final VarHandle MESSAGES_IN = handle("messagesIn");

	private static final VarHandle BYTES_IN = handle("bytesIn");

	private static final VarHandle BYTES_SKIPPED = handle("bytesSkipped");

	private final MessageNumbers numbers;

	private final long[] cells;

	private long messagesIn;

	private long bytesIn;

	private long bytesSkipped;

	TrafficCounter(MessageNumbers numbers) {
		this.numbers = numbers;
		this.cells = new long[numbers.places() * FIELDS + 2 * PADDING];
	}

	/**
	 * Sum up two counters that no longer change.
	 * @param one a counter
	 * @param other another one, of the same numbers
	 * @return a new counter with the sums
	 */
	static TrafficCounter sum(TrafficCounter one, TrafficCounter other) {
		TrafficCounter sum = new TrafficCounter(one.numbers);
		for (int at = 0; at < sum.cells.length; at++) {
			sum.cells[at] = one.cells[at] + other.cells[at];
		}
		sum.messagesIn = one.messagesIn + other.messagesIn;
		sum.bytesIn = one.bytesIn + other.bytesIn;
		sum.bytesSkipped = one.bytesSkipped + other.bytesSkipped;
		return sum;
	}

	boolean hasNumbersOf(TrafficCounter other) {
		return this.numbers == other.numbers;
	}

	/**
	 * The place at which a message number is counted; all numbers without a router of
	 * their own share one. Any thread.
	 * @param msgId the number; less than 0 for bytes without one
	 * @return the place, 0 or more
	 */
	public int place(long msgId) {
		return this.numbers.place(msgId);
	}

	/**
	 * Count bytes read from sockets. Event loop only.
	 * @param bytes the number of bytes
	 */
	public void addBytesIn(long bytes) {
		BYTES_IN.setOpaque(this, this.bytesIn + bytes);
	}

	/**
	 * Count received frames. Event loop only.
	 * @param messages the number of frames
	 * @param skipped the number of bytes between them that belong to no frame
	 */
	public void addMessagesIn(long messages, long skipped) {
		if (skipped > 0) {
			BYTES_SKIPPED.setOpaque(this, this.bytesSkipped + skipped);
		}
		MESSAGES_IN.setOpaque(this, this.messagesIn + messages);
	}

	/**
	 * Count a received frame by its message number. Event loop only.
	 * @param msgId its number
	 * @param bytes its length
	 */
	public void addFrameIn(long msgId, long bytes) {
		add(this.numbers.place(msgId), IN, 1, bytes);
	}

	/**
	 * Count frames handed to a socket. Event loop only.
	 * @param place the {@link #place} of their number
	 * @param messages the number of frames
	 * @param bytes the sum of their lengths
	 */
	public void addOut(int place, long messages, long bytes) {
		add(place, OUT, messages, bytes);
	}

	private void add(int place, int field, long messages, long bytes) {
		int at = PADDING + place * FIELDS + field;
		CELL.setOpaque(this.cells, at, this.cells[at] + messages);
		CELL.setOpaque(this.cells, at + 1, this.cells[at + 1] + bytes);
	}

	long messagesIn(long msgId) {
		return read(msgId, IN);
	}

	long bytesIn(long msgId) {
		return read(msgId, IN + 1);
	}

	long messagesOut(long msgId) {
		return read(msgId, OUT);
	}

	long bytesOut(long msgId) {
		return read(msgId, OUT + 1);
	}

	private long read(long msgId, int field) {
		int place = this.numbers.place(msgId);
		if (msgId != HandlerCounters.OTHERS && place == this.numbers.places() - 1) {
			return 0;
		}
		return cell(place, field);
	}

	private long cell(int place, int field) {
		return (long) CELL.getOpaque(this.cells, PADDING + place * FIELDS + field);
	}

	private long sum(int field) {
		long sum = 0;
		for (int place = 0; place < this.numbers.places(); place++) {
			sum += cell(place, field);
		}
		return sum;
	}

	long messagesIn() {
		return (long) MESSAGES_IN.getOpaque(this);
	}

	long bytesIn() {
		return (long) BYTES_IN.getOpaque(this);
	}

	long bytesSkipped() {
		return (long) BYTES_SKIPPED.getOpaque(this);
	}

	long messagesOut() {
		return sum(OUT);
	}

	long bytesOut() {
		return sum(OUT + 1);
	}

	private static VarHandle handle(String field) {
		try {
			return MethodHandles.lookup().findVarHandle(TrafficCounter.class, field, long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * A counter that counts nothing.
	 */
	static final class Off extends TrafficCounter {

		Off() {
			super(MessageNumbers.NONE);
		}

		@Override
		public void addBytesIn(long bytes) {
		}

		@Override
		public void addMessagesIn(long messages, long skipped) {
		}

		@Override
		public void addFrameIn(long msgId, long bytes) {
		}

		@Override
		public void addOut(int place, long messages, long bytes) {
		}

	}

}
