package io.zinx.outbound;

import java.util.Arrays;

import io.zinx.metrics.TrafficCounter;

/**
 * How much of what has gathered has which message number; made only if it is not all of
 * one. Numbers that are counted together are one, so that it stays short whatever is
 * sent. Guarded by the lock of its {@link Outbound}.
 */
final class PerMessageCounts {

	private static final int MESSAGES = 1;

	private static final int BYTES = 2;

	private static final int FIELDS = 3;

	/** For each number: where it is counted, messages, bytes. */
	private long[] cells = new long[4 * FIELDS];

	private int end;

	private long messages;

	private long bytes;

	/**
	 * Add what has gathered since this was called last: messages of one number.
	 * @param place where they are counted
	 * @param messages how many messages have gathered in all
	 * @param bytes how many bytes have gathered in all
	 */
	void addUpTo(int place, long messages, long bytes) {
		int at = find(place);
		this.cells[at + MESSAGES] += messages - this.messages;
		this.cells[at + BYTES] += bytes - this.bytes;
		this.messages = messages;
		this.bytes = bytes;
	}

	private int find(int place) {
		int at = 0;
		while (at < this.end && this.cells[at] != place) {
			at += FIELDS;
		}
		if (at == this.end) {
			if (at == this.cells.length) {
				this.cells = Arrays.copyOf(this.cells, 2 * at);
			}
			this.cells[at] = place;
			this.end += FIELDS;
		}
		return at;
	}

	void countTo(TrafficCounter traffic) {
		for (int at = 0; at < this.end; at += FIELDS) {
			traffic.addOut((int) this.cells[at], this.cells[at + MESSAGES], this.cells[at + BYTES]);
		}
	}

}
