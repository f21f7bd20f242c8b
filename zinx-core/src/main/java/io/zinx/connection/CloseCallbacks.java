package io.zinx.connection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callbacks of one connection, in the order of registration. Any thread; the lock is
 * held for taking one in or out, not while it runs.
 */
final class CloseCallbacks {

	private static final Logger logger = LoggerFactory.getLogger(CloseCallbacks.class);

	/** Those of a connection that has ended and had none. */
	static final CloseCallbacks NONE = new CloseCallbacks();

	static {
		NONE.over = true;
	}

	/**
	 * The most that may be registered while they run: by one that begins anew for ever.
	 */
	private static final int MOST_LATE = 1000;

	private final Set<Entry> waiting = new LinkedHashSet<>();

	/** Whether the last one was taken out: who comes now is too late to wait. */
	private boolean over;

	/** The number registered since the first one was taken out; -1 before that. */
	private int late = -1;

	CloseCallback.Handle add(Connection connection, CloseCallback callback) {
		Entry entry = new Entry(callback);
		if (!add(entry)) {
			entry.run(connection);
			return () -> false;
		}
		return () -> remove(entry);
	}

	private synchronized boolean add(Entry entry) {
		if (this.over) {
			return false;
		}
		if (this.late == MOST_LATE) {
			throw new IllegalStateException(MOST_LATE
					+ " close callbacks were registered while others ran: does a callback register itself again?");
		}
		if (this.late >= 0) {
			this.late++;
		}
		return this.waiting.add(entry);
	}

	private synchronized boolean remove(Entry entry) {
		return this.waiting.remove(entry);
	}

	/**
	 * Run all, also those that are registered meanwhile.
	 */
	void run(Connection connection) {
		for (Entry entry = next(); entry != null; entry = next()) {
			entry.run(connection);
		}
	}

	private synchronized @Nullable Entry next() {
		this.late = Math.max(this.late, 0);
		Iterator<Entry> entries = this.waiting.iterator();
		if (!entries.hasNext()) {
			this.over = true;
			return null;
		}
		Entry next = entries.next();
		entries.remove();
		return next;
	}

	/**
	 * One registration: the same callback may be registered twice.
	 */
	private static final class Entry {

		private final CloseCallback callback;

		Entry(CloseCallback callback) {
			this.callback = callback;
		}

		void run(Connection connection) {
			CloseReason reason = connection.closeReason();
			try {
				this.callback.onClose(connection, (reason != null) ? reason : CloseReason.PEER_CLOSED);
			}
			catch (Throwable ex) {
				LogThrottle.logSafely(() -> logger.error("Close callback {} of {} failed",
						this.callback.getClass().getName(), connection, EscapedException.of(ex)));
			}
		}

	}

}
