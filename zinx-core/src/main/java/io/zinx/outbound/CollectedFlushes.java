package io.zinx.outbound;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Connections that were published to an event loop, a few of them flushed together. What
 * flushing one reads lies in some twenty places, which are in no cache any more when many
 * were published. So all are looked at before the first one is flushed: as none depends
 * on another, the processor fetches the places of several at once, where it would wait
 * for each one. Event loop only.
 */
final class CollectedFlushes {

	/** As many as stay in the processor's cache until their turn. */
	private static final int MOST = 16;

	private final Queue<Flushable> published;

	/** Those that were looked at and are flushed next, in order. */
	private final Queue<Flushable> taken = new ArrayDeque<>(MOST);

	/** Has no meaning; but what nobody keeps is not fetched. */
	@SuppressWarnings("UnusedVariable")
	private long looked;

	CollectedFlushes(Queue<Flushable> published) {
		this.published = published;
	}

	/**
	 * Flush the next ones. What flushing one causes may call this once more; if it fails,
	 * those behind it are the next ones.
	 * @return how many; 0 if none is left
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
