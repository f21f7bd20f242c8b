package io.zinx.outbound;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The connections that were published to an event loop, flushed in groups. A flush reads
 * some twenty places in memory, which are no longer in a cache when many connections were
 * published. So the places of a whole group are read before its first flush: the reads do
 * not depend on each other, so the processor fetches several at once instead of waiting
 * for each. Event loop only.
 */
final class CollectedFlushes {

	/** The size of a group, small enough to stay in the processor's cache. */
	private static final int MOST = 16;

	private final Queue<Flushable> published;

	/** The connections of the current group, in order. */
	private final Queue<Flushable> taken = new ArrayDeque<>(MOST);

	/**
	 * The combined result of the reads, without a meaning; without it they would be
	 * optimized away.
	 */
	@SuppressWarnings("UnusedVariable")
	private long looked;

	CollectedFlushes(Queue<Flushable> published) {
		this.published = published;
	}

	/**
	 * Flush the next group. A flush may call this method again; if a flush fails, the
	 * next call continues behind it.
	 * @return the number of connections flushed; 0 if none is left
	 */
	int flushNext() {
		take();
		look();
		int count = 0;
		Flushable connection = this.taken.poll();
		while (connection != null) {
			connection.flush();
			count++;
			connection = this.taken.poll();
		}
		return count;
	}

	private void take() {
		while (this.taken.size() < MOST) {
			Flushable connection = this.published.poll();
			if (connection == null) {
				return;
			}
			this.taken.add(connection);
		}
	}

	private void look() {
		long seen = 0;
		for (Flushable connection : this.taken) {
			seen += connection.look();
		}
		this.looked = seen;
	}

}
