package io.zinx.outbound;

import java.util.ArrayList;
import java.util.List;

/**
 * A connection that does when it is flushed what a test says.
 */
final class RecordedFlush implements Flushable {

	private final Runnable flush;

	private long lastActiveNanos;

	RecordedFlush(Runnable flush) {
		this.flush = flush;
	}

	/**
	 * Connections that put their numbers into a list when they are flushed.
	 */
	static List<RecordedFlush> into(List<Integer> flushed, int count) {
		List<RecordedFlush> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			connections.add(new RecordedFlush(() -> flushed.add(number)));
		}
		return connections;
	}

	RecordedFlush readAt(long nanos) {
		this.lastActiveNanos = nanos;
		return this;
	}

	@Override
	public void flush() {
		this.flush.run();
	}

	@Override
	public long lastActiveNanos() {
		return this.lastActiveNanos;
	}

}
