package io.zinx.lane;

import org.jspecify.annotations.Nullable;

/**
 * Something to be done on a lane, after what was put there before. It can be put once.
 */
abstract class LaneTask {

	/** What comes behind or in front of it, as {@link LaneInbox} says. */
	@Nullable LaneTask link;

	/**
	 * Do it. On the thread that runs the lane.
	 * @param lane the lane
	 * @return whether it is done; otherwise it is called again later
	 */
	abstract boolean run(LaneRun lane);

	/**
	 * It will not be done, or not go on: give back what it holds.
	 * @param lane the lane
	 */
	void abandon(LaneRun lane) {
	}

	/**
	 * A task that is done in one go and holds nothing.
	 * @param action what to do
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
