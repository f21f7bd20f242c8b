package io.zinx.cluster;

import java.util.Map;

/**
 * The numbers of the frames that a node has received, by topic and sender, to notice
 * those that are missing. Bounded: who was not heard for long is forgotten. For one
 * thread at a time.
 */
final class ReceivedNumbers {

	/** The most pairs of topic and sender that are remembered. */
	static final int MOST_SOURCES = 65_536;

	/** The answer for a frame that has arrived before. */
	static final long DUPLICATE = -1;

	private static final long COUNT = 0xFFFF_FFFFL;

	private final Map<Source, Last> last = new RecentlyUsed<>(MOST_SOURCES);

	/**
	 * Note the number of a frame.
	 * @param topic its topic
	 * @param interest the number of this node's interest in the topic: what was received
	 * with an earlier interest is forgotten
	 * @param node the sender
	 * @param sequence its number
	 * @return the number of frames that are missing before it, or {@link #DUPLICATE}
	 */
	long note(String topic, long interest, String node, long sequence) {
		Source source = new Source(topic, node);
		Last before = this.last.get(source);
		if (before == null || before.interest != interest || (before.sequence & ~COUNT) != (sequence & ~COUNT)) {
			this.last.put(source, new Last(interest, sequence));
			return 0;
		}
		long missing = sequence - before.sequence - 1;
		if (missing < 0) {
			return DUPLICATE;
		}
		before.sequence = sequence;
		return missing;
	}

	private record Source(String topic, String node) {
	}

	/**
	 * The last frame of a source.
	 */
	private static final class Last {

		private final long interest;

		private long sequence;

		Last(long interest, long sequence) {
			this.interest = interest;
			this.sequence = sequence;
		}

	}

}
