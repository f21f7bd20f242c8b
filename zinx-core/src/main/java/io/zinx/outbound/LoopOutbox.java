package io.zinx.outbound;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;

/**
 * The outbox of one event loop: the connections that have something to write. Any thread
 * publishes a connection here; the event loop collects them and writes and flushes each
 * once.
 * <p>
 * A worker publishes connections as it handles messages and wakes the event loop only at
 * the end of its run. So that a finished reply never waits for the next handler, the
 * event loop collects in each of its turns and, while other threads run lanes of its
 * connections, once a millisecond.
 */
public final class LoopOutbox implements Runnable {

	/** The most connections that are flushed before sockets are polled again. */
	private static final int ROUND = 256;

	/** True if the threads that are woken must run on the event loop's own processor. */
	private static final boolean ONE_PROCESSOR = Runtime.getRuntime().availableProcessors() == 1;

	private final EventLoop loop;

	private final Queue<Flushable> published = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean woken = new AtomicBoolean();

	private final AtomicInteger busyLanes = new AtomicInteger();

	private boolean watching;

	/** Event loop only. */
	private boolean pausing;

	private final TurnFlushes turnFlushes;

	/** The number that may be flushed before the next pause. Event loop only. */
	private int left = ROUND;

	/**
	 * Create the outbox of an event loop.
	 * @param loop the event loop
	 */
	public LoopOutbox(EventLoop loop) {
		this.loop = loop;
		this.turnFlushes = new TurnFlushes(loop);
	}

	/**
	 * Flush a connection that was just read by the end of this turn, together with
	 * others. Event loop only.
	 * @param connection the connection
	 */
	public void flushThisTurn(Flushable connection) {
		this.turnFlushes.add(connection);
	}

	/**
	 * Publish a connection that has something to write. Any thread.
	 * @param connection the connection
	 */
	public void publish(Flushable connection) {
		this.published.add(connection);
	}

	/**
	 * Wake the event loop, so that it collects soon and keeps watching. Any thread.
	 */
	public void wake() {
		if (!this.woken.get() && this.woken.compareAndSet(false, true)) {
			try {
				EventLoopTasks.execute(this.loop, this);
			}
			catch (Throwable ex) {
				this.woken.set(false);
				throw ex;
			}
		}
	}

	/**
	 * Collect now. Event loop only.
	 */
	@Override
	public void run() {
		if (!this.pausing) {
			this.woken.set(false);
			collectAndWatch();
		}
	}

	private void collect() {
		try {
			while (this.left > 0) {
				Flushable connection = this.published.poll();
				if (connection == null) {
					return;
				}
				this.left--;
				connection.flush();
			}
			pause();
		}
		catch (Throwable ex) {
			wake();
			throw ex;
		}
	}

	/**
	 * Pause until the event loop has polled its sockets, which it does before scheduled
	 * tasks, because other threads may publish as fast as this one collects. No thread
	 * wakes it until then.
	 */
	private void pause() {
		if (!this.pausing) {
			EventLoopTasks.executeBehindSockets(this.loop, this::goOn);
			this.pausing = true;
			this.woken.set(true);
		}
	}

	private void goOn() {
		this.pausing = false;
		this.left = ROUND;
		run();
	}

	/**
	 * A lane has work for another thread. On the event loop, whose turn ends with
	 * {@link #collectAndWatch()}, or on a thread that calls {@link #wake()} then.
	 */
	public void laneBusy() {
		this.busyLanes.incrementAndGet();
	}

	/**
	 * A lane has done all its work. Any thread.
	 */
	public void laneIdle() {
		this.busyLanes.decrementAndGet();
	}

	/**
	 * True if other threads run lanes of this event loop's connections. To be checked
	 * before collecting: a lane that ends in between has published before.
	 */
	private boolean isBusy() {
		return this.busyLanes.get() > 0;
	}

	/**
	 * Collect now, and once a millisecond as long as other threads run lanes. Event loop
	 * only.
	 */
	public void collectAndWatch() {
		boolean busy = isBusy();
		collect();
		if (busy && !this.watching) {
			this.loop.schedule(this::tick, 1, TimeUnit.MILLISECONDS);
			this.watching = true;
		}
	}

	/**
	 * Other threads are about to be woken: until {@link #yieldAndCollect()} none of them
	 * has to wake this event loop. Event loop only.
	 */
	public void aboutToCollect() {
		this.woken.set(true);
	}

	/**
	 * Collect, on a machine with one processor after a yield to the threads that were
	 * just woken: they have usually finished then, and need not wake the event loop for
	 * the connections they have published. Event loop only.
	 */
	@SuppressWarnings("ThreadPriorityCheck")
	public void yieldAndCollect() {
		if (ONE_PROCESSOR && isBusy()) {
			Thread.yield();
		}
		wakeable();
		collectAndWatch();
	}

	/**
	 * Collect without a yield, when no thread was just woken. Event loop only.
	 */
	public void collectNow() {
		wakeable();
		collect();
	}

	/**
	 * Threads that publish from now on have to wake the event loop, unless it pauses.
	 */
	private void wakeable() {
		if (!this.pausing) {
			this.woken.set(false);
		}
	}

	private void tick() {
		this.watching = false;
		collectAndWatch();
	}

}
