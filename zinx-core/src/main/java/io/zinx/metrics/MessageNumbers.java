package io.zinx.metrics;

import java.util.Arrays;

/**
 * The message numbers with counters of their own, and the place of each in an array of
 * counters. All others share the last place, so that clients cannot enlarge it.
 */
final class MessageNumbers {

	/** No numbers: all messages are counted together. */
	static final MessageNumbers NONE = new MessageNumbers(new long[0]);

	private static final int SMALL = 1024;

	private final long[] msgIds;

	/** The places of small numbers, for fast lookup. */
	private final int[] small = new int[SMALL];

	/**
	 * Assign places to numbers.
	 * @param msgIds the numbers, ascending
	 */
	MessageNumbers(long[] msgIds) {
		this.msgIds = msgIds.clone();
		Arrays.fill(this.small, msgIds.length);
		for (int i = 0; i < msgIds.length && msgIds[i] < SMALL; i++) {
			this.small[(int) msgIds[i]] = i;
		}
	}

	long[] msgIds() {
		return this.msgIds.clone();
	}

	/**
	 * The number of places, including that of the others.
	 */
	int places() {
		return this.msgIds.length + 1;
	}

	/**
	 * The place of a number; the last one if it has none of its own.
	 */
	int place(long msgId) {
		if (msgId >= 0 && msgId < SMALL) {
			return this.small[(int) msgId];
		}
		int found = (msgId >= 0) ? Arrays.binarySearch(this.msgIds, msgId) : -1;
		return (found >= 0) ? found : this.msgIds.length;
	}

}
