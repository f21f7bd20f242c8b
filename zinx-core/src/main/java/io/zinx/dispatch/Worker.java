package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.zinx.connection.LoopOutboxes;

/**
 * A thread that runs lanes. It wakes the event loops only when it has nothing more to do,
 * or after {@value #RUN} lanes: batches stay large, and threads switch seldom.
 */
final class Worker implements LaneRunner, Runnable {

	/** How many lanes are run before the event loops are woken. */
	private static final int RUN = 64;

	private final int index;

	private final Thread thread;

	private final Queue<QueueLane> ready = new ConcurrentLinkedQueue<>();

	private final Room room;

	private final AtomicBoolean sleeping = new AtomicBoolean();

	/** The event loops whose connections were worked for in this run. Worker only. */
	private final LoopOutboxes touched = new LoopOutboxes();

	private volatile boolean stopped;

	Worker(int index, String name, int bound) {
		this.index = index;
		this.room = new Room(bound);
		this.thread = new FastThreadLocalThread(this, name);
		this.thread.setDaemon(true);
	}

	@Override
	public int index() {
		return this.index;
	}

	String name() {
		return this.thread.getName();
	}

	/**
	 * How many messages may wait for this worker.
	 */
	Room room() {
		return this.room;
	}

	void start() {
		this.thread.start();
	}

	@Override
	public void add(QueueLane lane) {
		this.ready.add(lane);
	}

	@Override
	public void wake() {
		if (this.sleeping.get() && this.sleeping.compareAndSet(true, false)) {
			LockSupport.unpark(this.thread);
		}
	}

	@Override
	public void run() {
		int lanes = 0;
		while (!this.stopped) {
			QueueLane lane = this.ready.poll();
			if (lane == null || lanes == RUN) {
				this.touched.wakeAll();
				lanes = 0;
			}
			if (lane == null) {
				sleep();
				continue;
			}
			lanes++;
			this.touched.add(lane.outbox());
			runGuarded(lane);
		}
		this.touched.wakeAll();
	}

	private void runGuarded(QueueLane lane) {
		LaneRunner.run(lane);
		if (!this.stopped) {
			Thread.interrupted();
		}
	}

	private void sleep() {
		this.sleeping.set(true);
		if (this.ready.isEmpty() && !this.stopped) {
			LockSupport.park(this);
		}
		this.sleeping.set(false);
		if (!this.stopped) {
			Thread.interrupted();
		}
	}

	/**
	 * End, after the lane that is being run. What it runs is interrupted.
	 */
	void stop() {
		this.stopped = true;
		this.thread.interrupt();
		LockSupport.unpark(this.thread);
	}

	boolean hasEnded() {
		return !this.thread.isAlive();
	}

}
