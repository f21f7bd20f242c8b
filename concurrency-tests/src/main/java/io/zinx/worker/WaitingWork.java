package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.ServerThreads;
import io.zinx.outbound.LoopOutbox;

/**
 * Work that waits for the thread of an event loop, which is whoever takes it here.
 */
final class WaitingWork implements WorkQueue {

	private final Queue<LaneWork> waiting = new ConcurrentLinkedQueue<>();

	/**
	 * A worker.
	 */
	static Worker worker() {
		return new Workers(new ServerThreads("test", null), 1, 1, new LoopLocal<>(LoopOutbox::new)).all().get(0);
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
	 * @return how often there was anything
	 */
	int runAll() {
		int times = 0;
		while (runNext(Integer.MAX_VALUE)) {
			times++;
		}
		return times;
	}

}
