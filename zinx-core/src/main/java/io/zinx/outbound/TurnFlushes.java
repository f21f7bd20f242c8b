package io.zinx.outbound;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;

/**
 * The connections whose messages an event loop has handled in this turn, flushed together
 * at its end. Consecutive writes find their code in the processor's cache, and a peer
 * that is woken by the first one is still awake for the others. Event loop only.
 * <p>
 * So that no reply waits long for the handlers of other connections, only a few
 * connections are collected, and none for longer than a millisecond and the handler that
 * runs then.
 */
final class TurnFlushes implements Runnable {

	private static final int MOST = 16;

	private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final EventLoop loop;

	private final Flushable[] connections = new Flushable[MOST];

	private int count;

	/** The time at which the first of them was read. */
	private long since;

	private boolean due;

	private boolean flushing;

	TurnFlushes(EventLoop loop) {
		this.loop = loop;
	}

	/**
	 * Flush a connection by the end of this turn.
	 * @param connection a connection that was just read
	 */
	void add(Flushable connection) {
		if (this.flushing) {
			connection.flush();
			return;
		}
		long read = connection.lastActiveNanos();
		if (this.count == 0) {
			this.since = read;
		}
		this.connections[this.count++] = connection;
		runAtEndOfTurn();
		if (this.count == MOST || read - this.since > LONGEST_NANOS) {
			flush();
		}
	}

	private void runAtEndOfTurn() {
		if (!this.due) {
			EventLoopTasks.execute(this.loop, this);
			this.due = true;
		}
	}

	@Override
	public void run() {
		this.due = false;
		flush();
	}

	private void flush() {
		int flushed = 0;
		this.flushing = true;
		try {
			while (flushed < this.count) {
				this.connections[flushed++].flush();
			}
		}
		finally {
			this.flushing = false;
			forget(flushed);
		}
	}

	/**
	 * Remove the connections that were flushed. If one of them failed, the others are
	 * flushed by a task of their own.
	 */
	private void forget(int flushed) {
		int left = this.count - flushed;
		System.arraycopy(this.connections, flushed, this.connections, 0, left);
		Arrays.fill(this.connections, left, this.count, null);
		this.count = left;
		if (left > 0) {
			runAtEndOfTurn();
		}
	}

}
