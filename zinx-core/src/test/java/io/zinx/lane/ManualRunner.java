package io.zinx.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.worker.LaneJob;
import io.zinx.worker.LaneRunner;
import org.jspecify.annotations.Nullable;

/**
 * A runner whose lanes run when a test says so, on the thread of the test or on one that
 * it starts.
 */
final class ManualRunner implements LaneRunner {

	private static final int ENDLESS = 10_000;

	private final int index;

	private final Queue<LaneJob> lanes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger wakes = new AtomicInteger();

	private volatile boolean running;

	ManualRunner(int index) {
		this.index = index;
	}

	@Override
	public int index() {
		return this.index;
	}

	@Override
	public boolean add(LaneJob lane) {
		if (this.lanes.contains(lane)) {
			throw new IllegalStateException(lane + " is in the queue already");
		}
		this.lanes.add(lane);
		return true;
	}

	@Override
	public void wake() {
		this.wakes.incrementAndGet();
	}

	int wakes() {
		return this.wakes.get();
	}

	int queued() {
		return this.lanes.size();
	}

	/**
	 * The lane whose turn it is.
	 */
	@Nullable LaneJob next() {
		return this.lanes.peek();
	}

	/**
	 * Whether it is at a lane.
	 */
	boolean isRunning() {
		return this.running;
	}

	/**
	 * Take out the lane whose turn it is.
	 */
	LaneJob take() {
		return this.lanes.remove();
	}

	/**
	 * Give the lane that has waited longest one turn, and write what it has sent.
	 * @return whether there was one
	 */
	boolean runNext() {
		LaneJob lane = this.lanes.poll();
		if (lane == null) {
			return false;
		}
		run(lane);
		lane.flush();
		return true;
	}

	private void run(LaneJob lane) {
		this.running = true;
		try {
			lane.run();
		}
		finally {
			this.running = false;
		}
	}

	/**
	 * Give turns until no lane is left.
	 * @return whether there was one
	 */
	boolean runAll() {
		int turns = 0;
		while (runNext()) {
			if (++turns > ENDLESS) {
				throw new IllegalStateException("Lanes come back without end");
			}
		}
		return turns > 0;
	}

	/**
	 * Give the lane that has waited longest one turn on a thread of its own.
	 * @return the thread, which runs
	 */
	Thread startNext() {
		LaneJob lane = take();
		Thread thread = new Thread(() -> run(lane), "runner-" + this.index);
		thread.start();
		return thread;
	}

}
