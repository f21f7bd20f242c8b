package io.zinx.cluster;

import java.util.Map;

/**
 * The numbers of the frames that a node sends, for each topic. The upper 32 bits of a
 * number name the series, the lower 32 bits count from 1. A topic that was not used for
 * long is forgotten and begins a new series, so that a lower number after a higher one of
 * the same series is always a duplicate. For one thread at a time.
 */
final class SentNumbers {

	/** The most topics that are remembered. */
	static final int MOST_TOPICS = 65_536;

	private final Map<String, Long> last = new RecentlyUsed<>(MOST_TOPICS);

	private int series;

	/**
	 * Begin.
	 * @param series the first series, random, so that a node that was restarted does not
	 * go on with one of before
	 */
	SentNumbers(int series) {
		this.series = series;
	}

	/**
	 * Take numbers that follow each other.
	 * @param topic the topic
	 * @param count how many
	 * @return the first one
	 */
	long take(String topic, int count) {
		Long before = this.last.get(topic);
		long first = ((before != null) ? before : ((long) this.series++) << Integer.SIZE) + 1;
		this.last.put(topic, first + count - 1);
		return first;
	}

	/**
	 * Give back the numbers that were taken last for a topic, which were not used.
	 * @param topic the topic
	 * @param count how many
	 */
	void giveBack(String topic, int count) {
		this.last.computeIfPresent(topic, (name, before) -> before - count);
	}

}
