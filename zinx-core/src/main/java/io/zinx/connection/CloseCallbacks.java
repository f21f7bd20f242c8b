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
 * The close callbacks of one connection, in the order of registration. Any thread; the
 * lock is held while a callback is added or removed, not while it runs.
 */
final class CloseCallbacks {

	private static final Logger logger = LoggerFactory.getLogger(CloseCallbacks.class);

	/** The callbacks of a connection that has ended without any. */
	static final CloseCallbacks NONE = new CloseCallbacks();

	static {
		NONE.over = true;
	}

	/**
	 * The most callbacks that may be registered while callbacks run, which ends endless
	 * registration.
	 */
	private static final int MOST_LATE = 1000;

	private final Set<Entry> waiting = new LinkedHashSet<>();

	/** True once the last callback was taken: later ones run at once. */
	private boolean over;

	/** The number registered since the first one was taken; -1 before that. */
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
	 * Run all callbacks, including those that are registered meanwhile.
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
	 * A registration of a callback, which may be registered more than once.
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
