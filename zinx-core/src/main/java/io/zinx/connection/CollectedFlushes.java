package io.zinx.connection;

import java.util.Queue;

import org.jspecify.annotations.Nullable;

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

	private final Queue<ChannelConnection> published;

	private final @Nullable ChannelConnection[] connections = new ChannelConnection[MOST];

	private boolean flushing;

	/** Has no meaning; but what nobody keeps is not fetched. */
	@SuppressWarnings("UnusedVariable")
	private int looked;

	CollectedFlushes(Queue<ChannelConnection> published) {
		this.published = published;
	}

	/**
	 * Flush the next ones.
	 * @return how many; 0 if none is left, or if this is called by what flushing one has
	 * caused, so that it is done by whoever flushes already
	 */
	int flushNext() {
		if (this.flushing) {
			return 0;
		}
		this.flushing = true;
		int count = take();
		int next = 0;
		try {
			look(count);
			while (next < count) {
				ChannelConnection connection = this.connections[next++];
				if (connection != null) {
					connection.flush();
				}
			}
		}
		finally {
			end(next, count);
		}
		return count;
	}

	private int take() {
		int count = 0;
		while (count < MOST) {
			ChannelConnection connection = this.published.poll();
			if (connection == null) {
				break;
			}
			this.connections[count++] = connection;
		}
		return count;
	}

	private void look(int count) {
		int direct = 0;
		for (int i = 0; i < count; i++) {
			ChannelConnection connection = this.connections[i];
			if (connection != null && connection.sender().outbound().isDirect()) {
				direct++;
			}
		}
		this.looked = direct;
	}

	private void end(int next, int count) {
		for (int i = 0; i < count; i++) {
			ChannelConnection connection = this.connections[i];
			if (i >= next && connection != null) {
				this.published.add(connection);
			}
			this.connections[i] = null;
		}
		this.flushing = false;
	}

}
