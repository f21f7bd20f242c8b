package io.zinx.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import io.zinx.eventloop.ServerThreads;
import io.zinx.outbound.LoopOutboxes;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the workers.
 */
final class WorkerThread implements Runnable {

	/** How many lanes are run before the event loops are woken. */
	private static final int RUN = 64;

	private final Workers workers;

	private final ServerThreads threads;

	private final String name;

	/** There from the start on. */
	private @Nullable Thread thread;

	private final AtomicBoolean sleeping = new AtomicBoolean();

	/**
	 * The event loops whose connections were worked for in this run. This thread only.
	 */
	private final LoopOutboxes touched = new LoopOutboxes();

	/** How many lanes were run since the event loops were woken. This thread only. */
	private int lanes;

	WorkerThread(ServerThreads threads, int number, Workers workers) {
		this.workers = workers;
		this.threads = threads;
		this.name = threads.serverName() + "-worker-" + number;
	}

	String name() {
		return this.name;
	}

	void start() {
		Thread made = this.threads.fast(this.name, this);
		this.thread = made;
		made.start();
	}

	/**
	 * Wake it. Any thread.
	 * @return whether it was asleep; otherwise it looks for a worker that waits before it
	 * falls asleep
	 */
	boolean wake() {
		boolean slept = awake();
		if (slept) {
			LockSupport.unpark(this.thread);
		}
		return slept;
	}

	/**
	 * Whether it is this caller that ends its sleep.
	 */
	private boolean awake() {
		if (!this.sleeping.get() || !this.sleeping.compareAndSet(true, false)) {
			return false;
		}
		this.workers.awake();
		return true;
	}

	@Override
	public void run() {
		while (!this.workers.isStopped()) {
			Worker worker = this.workers.poll();
			if (worker != null) {
				worker.run(this);
				continue;
			}
			wakeLoops();
			sleep();
		}
		wakeLoops();
	}

	/**
	 * Run a lane. This thread only.
	 * @param lane the lane
	 * @return whether to go on
	 */
	boolean run(LaneJob lane) {
		if (this.lanes == RUN) {
			wakeLoops();
		}
		this.lanes++;
		this.touched.add(lane.outbox());
		LaneRunner.run(lane);
		if (this.workers.isStopped()) {
			return false;
		}
		Thread.interrupted();
		return true;
	}

	private void wakeLoops() {
		LaneRunner.wake(this.touched);
		this.lanes = 0;
	}

	private void sleep() {
		this.workers.asleep();
		this.sleeping.set(true);
		if (!this.workers.anyWaits() && !this.workers.isStopped()) {
			LockSupport.park(this);
		}
		awake();
		if (!this.workers.isStopped()) {
			Thread.interrupted();
		}
	}

	void interrupt() {
		Thread started = this.thread;
		if (started != null) {
			started.interrupt();
			LockSupport.unpark(started);
		}
	}

	boolean isAlive() {
		Thread started = this.thread;
		return started != null && started.isAlive();
	}

	boolean isAmong(Predicate<Thread> threads) {
		Thread started = this.thread;
		return started != null && threads.test(started);
	}

}
