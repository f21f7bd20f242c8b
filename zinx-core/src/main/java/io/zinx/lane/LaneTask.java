package io.zinx.lane;

import org.jspecify.annotations.Nullable;

/**
 * A task of a lane, which runs after those added before. It can be added once.
 */
abstract class LaneTask {

	/** The neighbour in a list of {@link LaneInbox}. */
	@Nullable LaneTask link;

	/**
	 * Run the task. On the thread that runs the lane.
	 * @param lane the lane
	 * @return whether it is done; otherwise it is called again later
	 */
	abstract boolean run(LaneRun lane);

	/**
	 * The task will not run, or not continue: release what it holds.
	 * @param lane the lane
	 */
	void abandon(LaneRun lane) {
	}

	/**
	 * Create a task that is done in one call and holds nothing.
	 * @param action the action
	 */
	static LaneTask of(Runnable action) {
		return new LaneTask() {
			@Override
			boolean run(LaneRun lane) {
				action.run();
				return true;
			}
		};
	}

}
