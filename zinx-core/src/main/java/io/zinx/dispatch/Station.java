package io.zinx.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Where a connection's lane is at home.
 *
 * @param home runs its hooks, tasks of the application, and messages of routers that do
 * not say where
 * @param room how many of its messages may wait, alone or together with others
 * @param turn the turn of its event loop
 * @param choice who runs which message; {@code null} if {@code home} runs all
 */
record Station(LaneRunner home, Room room, LoopTurn turn, @Nullable RunnerChoice choice) {

	/**
	 * Who runs a task.
	 * @param task the task; {@code null} for none
	 */
	LaneRunner runnerOf(@Nullable LaneTask task) {
		if (this.choice == null || !(task instanceof FrameBatch batch)) {
			return this.home;
		}
		return this.choice.of(batch.nextMsgId());
	}

}
