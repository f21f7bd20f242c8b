package io.zinx.worker;

import io.zinx.diagnostics.LogThrottle;
import io.zinx.outbound.LoopOutboxes;
import org.slf4j.LoggerFactory;

/**
 * Runs lanes. A lane is with one runner at a time. Adding a lane does not wake the
 * runner: an event loop queues all it has, then wakes each runner once.
 */
public interface LaneRunner {

	/**
	 * The runner's place among all that an event loop wakes.
	 * @return 0 or more
	 */
	int index();

	/**
	 * Queue a lane; it must be in no queue. Any thread.
	 * @param lane the lane
	 * @return whether this runner must be woken for it
	 */
	boolean add(LaneJob lane);

	/**
	 * See that queued lanes are run. Not needed for a lane that was added while this
	 * runner was running it. Any thread.
	 */
	void wake();

	/**
	 * Wake event loops and survive one that takes nothing. On a thread of the runner.
	 * @param touched the event loops
	 */
	static void wake(LoopOutboxes touched) {
		try {
			touched.wakeAll();
		}
		catch (Throwable ex) {
			LogThrottle
				.logSafely(() -> LoggerFactory.getLogger(LaneRunner.class).error("An event loop cannot be woken", ex));
		}
	}

	/**
	 * Run a lane and survive what it throws. On a thread of the runner.
	 * @param lane the lane
	 */
	static void run(LaneJob lane) {
		try {
			lane.run();
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> LoggerFactory.getLogger(LaneRunner.class)
				.error("The messages of {} could not be handled, because of a defect of Zinx for Spring Boot", lane,
						ex));
		}
	}

}
