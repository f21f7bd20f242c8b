package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Brings lanes to runners from outside, as an event loop does.
 */
final class LaneGiver {

	private LaneGiver() {
	}

	/**
	 * Bring a lane, and wake the runner if it must be woken.
	 */
	static void give(LaneRunner runner, LaneJob lane) {
		if (runner.add(lane)) {
			runner.wake();
		}
	}

	/**
	 * Hold up all runners but one, another one in each round, and see that this one does
	 * what it is given; and that all of them were held up, as they should be.
	 */
	static void assertNobodyWaitsBehindNeighbours(List<? extends LaneRunner> runners, int rounds)
			throws InterruptedException {
		for (int round = 0; round < rounds; round++) {
			LaneRunner free = runners.get(round % runners.size());
			List<BlockedLane> held = new ArrayList<>();
			for (LaneRunner runner : runners) {
				if (runner != free) {
					BlockedLane lane = new BlockedLane();
					held.add(lane);
					give(runner, lane);
				}
			}
			for (int i = 0; i < 3; i++) {
				CountDownLatch done = new CountDownLatch(1);
				give(free, new TestLane(done::countDown));
				Patience.await(done);
			}
			for (BlockedLane lane : held) {
				lane.awaitBegin();
				lane.release();
			}
		}
	}

}
