package io.zinx.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Messages and bytes of one event loop, in all and by message number. Only that event
 * loop adds; any thread reads, and sees each number whole and never going back.
 */
public sealed class TrafficCounter {

	private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int IN = 0;

	private static final int OUT = 2;

	/** For each number: messages and bytes in, messages and bytes out. */
	private static final int FIELDS = 4;

	/** So that two event loops never share a cache line. */
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
	 * Count on where two others have ended.
	 * @param one a counter to which nobody adds any more
	 * @param other another one, of the same numbers
	 * @return a new counter that holds the sums
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
	 * Where a message number is counted: all that have no router of their own share a
	 * place. Any thread.
	 * @param msgId the number; less than 0 for what has none
	 * @return the place, 0 or more
	 */
	public int place(long msgId) {
		return this.numbers.place(msgId);
	}

	/**
	 * Count bytes read from sockets. Event loop only.
	 * @param bytes how many
	 */
	public void addBytesIn(long bytes) {
		BYTES_IN.setOpaque(this, this.bytesIn + bytes);
	}

	/**
	 * Count frames cut out of what was read. Event loop only.
	 * @param messages how many
	 * @param skipped how many bytes between them belong to no frame
	 */
	public void addMessagesIn(long messages, long skipped) {
		if (skipped > 0) {
			BYTES_SKIPPED.setOpaque(this, this.bytesSkipped + skipped);
		}
		MESSAGES_IN.setOpaque(this, this.messagesIn + messages);
	}

	/**
	 * Count by its number a frame cut out of what was read. Event loop only.
	 * @param msgId its number
	 * @param bytes how many bytes it has
	 */
	public void addFrameIn(long msgId, long bytes) {
		add(this.numbers.place(msgId), IN, 1, bytes);
	}

	/**
	 * Count frames handed to a socket. Event loop only.
	 * @param place the {@link #place} of their number
	 * @param messages how many frames
	 * @param bytes how many bytes they have together
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
	 * Counts nothing.
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
