package io.zinx.lane;

import io.zinx.routing.Execution;
import io.zinx.routing.Routes;
import io.zinx.worker.LaneRunner;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the runner of each message of one connection.
 *
 * @param mode the execution of routers without one
 * @param loop the runner on the event loop of the connection
 * @param worker the runner on its worker; {@code null} if no message is handled there
 * @param threads the runner on threads of connections
 * @param routes the routers
 */
record RunnerChoice(Execution mode, LaneRunner loop, @Nullable LaneRunner worker, LaneRunner threads, Routes routes) {

	/**
	 * The runner of messages whose routers have no execution.
	 */
	LaneRunner home() {
		return of(this.mode);
	}

	LaneRunner of(long msgId) {
		Execution execution = this.routes.execution(msgId);
		return of((execution != Execution.DEFAULT) ? execution : this.mode);
	}

	private LaneRunner of(Execution execution) {
		LaneRunner runner = switch (execution) {
			case EVENT_LOOP -> this.loop;
			case WORKER -> this.worker;
			case VIRTUAL_THREAD -> this.threads;
			case DEFAULT -> null;
		};
		if (runner == null) {
			throw new IllegalStateException("Internal error: there are no threads for execution " + execution);
		}
		return runner;
	}

}
