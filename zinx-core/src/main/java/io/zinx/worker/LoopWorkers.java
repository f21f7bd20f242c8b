package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.zinx.eventloop.LoopWork;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.LoopOutboxes;
import org.jspecify.annotations.Nullable;

/**
 * The workers that wait for the thread of one event loop. The thread runs them between
 * two looks at the sockets, after it has released the event loop. No other thread is
 * woken, unless a handler blocks this one: then another takes the event loop.
 */
public final class LoopWorkers implements LoopWork, WorkQueue {

	/**
	 * The time for which lanes are run before sockets are looked at; the last lane may
	 * exceed it.
	 */
	private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** The number of looks for which a worker may wait before other threads get it. */
	private static final int LOOKS = 4;

	private final MovableEventLoop loop;

	private final LoopOutbox outbox;

	private final LaneThreads threads;

	private final Queue<LaneWork> waiting = new ConcurrentLinkedQueue<>();

	/** The number of times work was put here. */
	private final AtomicLong put = new AtomicLong();

	/** The number of times work was taken from here. */
	private final AtomicLong taken = new AtomicLong();

	/** The number of puts at the last looks. The thread that looks. */
	private final long[] looks = new long[LOOKS];

	/** The number of takes at the last looks. The thread that looks. */
	private final long[] takenAt = new long[LOOKS];

	private int look;

	LoopWorkers(MovableEventLoop loop, LoopOutbox outbox, LaneThreads threads) {
		this.loop = loop;
		this.outbox = outbox;
		this.threads = threads;
	}

	@Override
	public void put(LaneWork work) {
		this.put.incrementAndGet();
		this.waiting.add(work);
		this.loop.watch();
		if (!this.loop.inEventLoop()) {
			this.loop.wakeUp();
		}
	}

	@Override
	public boolean isWaiting() {
		return !this.waiting.isEmpty() && !this.threads.isStopped();
	}

	@Override
	public void run() {
		LaneWork work = take();
		if (work == null) {
			return;
		}
		Shift shift = new Shift();
		try {
			while (work != null) {
				work.runOn(shift);
				work = shift.goesOn(System.nanoTime()) ? take() : null;
			}
		}
		finally {
			shift.end();
		}
	}

	private @Nullable LaneWork take() {
		LaneWork work = this.threads.isStopped() ? null : this.waiting.poll();
		if (work != null) {
			this.taken.incrementAndGet();
		}
		return work;
	}

	@Override
	public void collect() {
		this.outbox.collectAndWatch();
	}

	/**
	 * Workers that have waited long are run by other threads: if the event loop's thread
	 * has taken none meanwhile, as it runs a router that should not run there, or has
	 * more to do than it can while a processor has nothing to do.
	 */
	@Override
	public void look(boolean idle) {
		long putBefore = this.looks[this.look];
		long takenBefore = this.takenAt[this.look];
		long takenNow = this.taken.get();
		this.looks[this.look] = this.put.get();
		this.takenAt[this.look] = takenNow;
		this.look = (this.look + 1) % LOOKS;
		if (!idle && takenNow != takenBefore) {
			return;
		}
		for (long overdue = putBefore - takenNow; overdue > 0; overdue--) {
			LaneWork work = take();
			if (work == null) {
				return;
			}
			this.threads.put(work);
			this.threads.wake();
		}
	}

	/**
	 * The event loop's thread, from when it has let go of the event loop.
	 */
	private final class Shift implements LaneThread {

		private final LoopOutboxes others = new LoopOutboxes();

		private final long begun = System.nanoTime();

		private int lanes;

		@Override
		public void run(LaneJob lane) {
			LoopOutbox touched = lane.outbox();
			LaneRunner.run(lane);
			if (touched != LoopWorkers.this.outbox) {
				this.others.add(touched);
			}
			this.lanes++;
			if (!LoopWorkers.this.threads.isStopped()) {
				Thread.interrupted();
			}
		}

		/**
		 * True if it is not yet time to look at the sockets, and no other thread does.
		 */
		@Override
		public boolean goesOn(long now) {
			return this.lanes < MovableEventLoop.ROUND && now - this.begun < RUN_NANOS
					&& !LoopWorkers.this.loop.isTaken() && !LoopWorkers.this.threads.isStopped();
		}

		/**
		 * Wake those who do not know of what was finished: also the event loop itself, if
		 * it has another thread.
		 */
		void end() {
			if (LoopWorkers.this.loop.isTaken()) {
				this.others.add(LoopWorkers.this.outbox);
			}
			LaneRunner.wake(this.others);
		}

	}

}
