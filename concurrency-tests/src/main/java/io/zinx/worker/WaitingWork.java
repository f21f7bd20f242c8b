package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.ServerThreads;
import io.zinx.outbound.LoopOutbox;

/**
 * A worker whose lanes count, and which waits for the thread of an event loop: the thread
 * that takes it here.
 */
final class WaitingWork implements WorkQueue {

	private final Queue<LaneWork> waiting = new ConcurrentLinkedQueue<>();

	private final int[] count = new int[1];

	private final Worker worker = new Workers(new ServerThreads("test", null), 1, 1, new LoopLocal<>(LoopOutbox::new))
		.all()
		.get(0);

	/**
	 * Add a lane to the worker.
	 */
	void add() {
		this.worker.add(new CountedLane(this.count, this));
	}

	/**
	 * The number of lanes that were run, counted without synchronization.
	 */
	int counted() {
		return this.count[0];
	}

	@Override
	public void put(LaneWork work) {
		this.waiting.add(work);
	}

	/**
	 * Run what has waited longest.
	 * @param lanes the most lanes that are run
	 * @return whether there was anything
	 */
	boolean runNext(int lanes) {
		LaneWork next = this.waiting.poll();
		if (next != null) {
			int[] left = { lanes };
			next.runOn(new LaneThread() {
				@Override
				public void run(LaneJob lane) {
					left[0]--;
					lane.run();
				}

				@Override
				public boolean goesOn(long now) {
					return left[0] > 0;
				}
			});
		}
		return next != null;
	}

	/**
	 * Run what waits, and what comes meanwhile.
	 * @param lanes the most lanes that are run each time
	 * @return how often there was anything
	 */
	int runAll(int lanes) {
		int times = 0;
		while (runNext(lanes)) {
			times++;
		}
		return times;
	}

}
