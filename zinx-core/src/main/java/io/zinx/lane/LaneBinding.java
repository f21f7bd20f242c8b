package io.zinx.lane;

import io.zinx.worker.LaneRunner;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;

/**
 * The runners, the queue bound and the event loop that a lane belongs to.
 *
 * @param home the runner of its listeners, tasks of the application, and messages of
 * routers without an execution
 * @param bound the queue bound of its waiting messages, alone or together with other
 * lanes
 * @param loop the event loop of its connection
 * @param choice chooses the runner of each message; {@code null} if {@code home} runs all
 */
record LaneBinding(LaneRunner home, QueueBound bound, LaneLoop loop, @Nullable RunnerChoice choice) {

	/**
	 * The runner of a task.
	 * @param task the task; {@code null} for none
	 */
	LaneRunner runnerOf(@Nullable LaneTask task) {
		return (task instanceof FrameBatch batch) ? runnerOf(batch.nextMsgId()) : this.home;
	}

	/**
	 * The runner of a message.
	 * @param msgId its number
	 */
	LaneRunner runnerOf(long msgId) {
		return (this.choice != null) ? this.choice.of(msgId) : this.home;
	}

}
