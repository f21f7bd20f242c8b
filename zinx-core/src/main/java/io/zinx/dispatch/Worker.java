package io.zinx.dispatch;

import java.util.Queue;
import java.util.Set;
import java.util.HashSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.zinx.connection.LogThrottle;
import io.zinx.connection.LoopOutbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs lanes. Adding a lane does not wake it: an event loop queues all it
 * has, then wakes each worker once. And the worker wakes the event loops only when it has
 * nothing more to do, or after {@value #RUN} lanes: batches stay large, and threads
 * switch seldom.
 */
final class Worker implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	/** How many lanes are run before the event loops are woken. */
	private static final int RUN = 64;

	private final int index;

	private final Thread thread;

	private final int bound;

	private final Queue<WorkerLane> ready = new ConcurrentLinkedQueue<>();

	/** Messages that wait, or are about to be put. */
	private final AtomicInteger waiting = new AtomicInteger();

	private final Queue<WorkerLane> awaitingRoom = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean sleeping = new AtomicBoolean();

	/** The event loops whose connections were worked for in this run. Worker only. */
	private final Set<LoopOutbox> touched = new HashSet<>();

	private volatile boolean stopped;

	Worker(int index, String name, int bound) {
		this.index = index;
		this.bound = bound;
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
	}

	int index() {
		return this.index;
	}

	int waiting() {
		return this.waiting.get();
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Reserve room for messages. Any thread.
	 * @param wanted how many at most
	 * @return how many, 0 to {@code wanted}
	 */
	int reserve(int wanted) {
		for (;;) {
			int now = this.waiting.get();
			int granted = Math.min(wanted, this.bound - now);
			if (granted <= 0) {
				return 0;
			}
			if (this.waiting.compareAndSet(now, now + granted)) {
				return granted;
			}
		}
	}

	/**
	 * Give room back. Any thread.
	 * @param messages how many
	 */
	void release(int messages) {
		if (messages == 0) {
			return;
		}
		int now = this.waiting.addAndGet(-messages);
		if (now <= this.bound / 2 && !this.awaitingRoom.isEmpty()) {
			tellRoom();
		}
	}

	/**
	 * Call a lane when half of the bound is free. Any thread.
	 * @param lane the lane
	 */
	void awaitRoom(WorkerLane lane) {
		this.awaitingRoom.add(lane);
		if (this.waiting.get() <= this.bound / 2) {
			tellRoom();
		}
	}

	private void tellRoom() {
		WorkerLane lane = this.awaitingRoom.poll();
		while (lane != null) {
			lane.roomAgain();
			lane = this.awaitingRoom.poll();
		}
	}

	/**
	 * Queue a lane; it must be in no queue. Any thread.
	 * @param lane the lane
	 */
	void add(WorkerLane lane) {
		this.ready.add(lane);
	}

	/**
	 * See that queued lanes are run. Any thread.
	 */
	void wake() {
		if (this.sleeping.get() && this.sleeping.compareAndSet(true, false)) {
			LockSupport.unpark(this.thread);
		}
	}

	@Override
	public void run() {
		int lanes = 0;
		while (!this.stopped) {
			WorkerLane lane = this.ready.poll();
			if (lane == null || lanes == RUN) {
				wakeLoops();
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
		wakeLoops();
	}

	private void runGuarded(WorkerLane lane) {
		try {
			lane.run();
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> logger.error("{} met a defect of this framework", this.thread.getName(), ex));
		}
		if (!this.stopped) {
			Thread.interrupted();
		}
	}

	private void wakeLoops() {
		if (!this.touched.isEmpty()) {
			this.touched.forEach(LoopOutbox::wake);
			this.touched.clear();
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

	boolean isStopped() {
		return this.stopped;
	}

	boolean hasEnded() {
		return !this.thread.isAlive();
	}

	boolean isCurrentThread() {
		return Thread.currentThread() == this.thread;
	}

}
