package io.zinx.outbound;

import java.util.Arrays;

import io.zinx.metrics.TrafficCounter;

/**
 * The counts of pending messages and bytes by message number; created only when there is
 * more than one number. Numbers without a counter of their own share one entry, so the
 * list stays short. Guarded by the monitor of its {@link Outbound}.
 */
final class PerMessageCounts {

	private static final int MESSAGES = 1;

	private static final int BYTES = 2;

	private static final int FIELDS = 3;

	/** The records, one for each number: counter place, messages, bytes. */
	private long[] cells = new long[4 * FIELDS];

	private int end;

	private long messages;

	private long bytes;

	/**
	 * Add the messages of one number since the last call.
	 * @param place their counter place
	 * @param messages the total number of pending messages
	 * @param bytes the total number of pending bytes
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
