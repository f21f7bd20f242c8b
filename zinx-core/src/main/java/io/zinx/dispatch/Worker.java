package io.zinx.dispatch;

import java.util.Queue;
import java.util.Set;
import java.util.HashSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.zinx.connection.LoopOutbox;
import org.jspecify.annotations.Nullable;

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
	private final Set<LoopOutbox> touched = new HashSet<>();

	/** The last one that was added there. Worker only. */
	private @Nullable LoopOutbox lastTouched;

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
				wakeLoops();
				lanes = 0;
			}
			if (lane == null) {
				sleep();
				continue;
			}
			lanes++;
			touch(lane.outbox());
			runGuarded(lane);
		}
		wakeLoops();
	}

	private void runGuarded(QueueLane lane) {
		LaneRunner.run(lane);
		if (!this.stopped) {
			Thread.interrupted();
		}
	}

	private void touch(LoopOutbox outbox) {
		if (outbox != this.lastTouched) {
			this.lastTouched = outbox;
			this.touched.add(outbox);
		}
	}

	private void wakeLoops() {
		if (this.lastTouched != null) {
			this.lastTouched = null;
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

	boolean hasEnded() {
		return !this.thread.isAlive();
	}

}
