package io.zinx.outbound;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;

/**
 * The connections of one event loop that have something to write. Any thread publishes a
 * connection here; the event loop collects them, each written and flushed once.
 * <p>
 * A worker publishes as it goes and wakes the event loop only at the end of its run. So
 * that a finished reply never waits for the next handler, the event loop collects at each
 * of its turns and, while lanes of its connections are at work elsewhere, once a
 * millisecond.
 */
public final class LoopOutbox implements Runnable {

	/** How many connections may be flushed before sockets are looked at once more. */
	private static final int ROUND = 256;

	private final EventLoop loop;

	private final Queue<Flushable> published = new ConcurrentLinkedQueue<>();

	private final CollectedFlushes flushes = new CollectedFlushes(this.published);

	private final AtomicBoolean woken = new AtomicBoolean();

	private final AtomicInteger busyLanes = new AtomicInteger();

	private boolean watching;

	/** Event loop only. */
	private boolean pausing;

	private final TurnFlushes turnFlushes;

	/** How many may be flushed before the next pause. Event loop only. */
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
	 * Make the event loop collect soon, and go on watching. Any thread.
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
				int count = this.flushes.flushNext();
				if (count == 0) {
					return;
				}
				this.left -= count;
			}
			pause();
		}
		catch (Throwable ex) {
			wake();
			throw ex;
		}
	}

	/**
	 * Others may publish as fast as is collected here. So go on only when the event loop
	 * has looked at its sockets, which it does before tasks that were scheduled; and let
	 * nobody wake it till then.
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
	 * A lane has got work that another thread does. On the event loop, whose turn ends
	 * with {@link #collectAndWatch()}, or on any thread that calls {@link #wake()} then.
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
	 * Whether lanes of this event loop's connections are at work elsewhere. To be asked
	 * before collecting: one that ends in between has published before it ended.
	 */
	private boolean isBusy() {
		return this.busyLanes.get() > 0;
	}

	/**
	 * Collect now, and once a millisecond as long as lanes are at work elsewhere. Event
	 * loop only.
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
	 * Those who do work elsewhere are about to be woken: until {@link #yieldAndCollect()}
	 * nobody has to wake this event loop. Event loop only.
	 */
	public void aboutToCollect() {
		this.woken.set(true);
	}

	/**
	 * Collect, after those that were just woken had a chance to run. On a processor that
	 * they share with the event loop they have finished then, mostly, and nobody has to
	 * wake the event loop for what they have published. Event loop only.
	 */
	@SuppressWarnings("ThreadPriorityCheck")
	public void yieldAndCollect() {
		if (isBusy()) {
			Thread.yield();
		}
		wakeable();
		collectAndWatch();
	}

	/**
	 * Collect, when nobody who was just woken is about to finish anything. Event loop
	 * only.
	 */
	public void collectNow() {
		wakeable();
		collect();
	}

	/**
	 * Whoever publishes behind this has to wake the event loop, unless it pauses.
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
