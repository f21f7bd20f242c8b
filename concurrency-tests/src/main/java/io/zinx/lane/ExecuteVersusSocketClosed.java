package io.zinx.lane;

import java.util.List;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A thread gives the first task to a lane whose event loop says that the socket is closed
 * and then runs it: the task is run or refused, never both and never neither.
 */
@JCStressTest
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "Taken and run")
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "Refused and not run")
@Outcome(expect = Expect.FORBIDDEN, desc = "Taken and lost, or refused and run")
@State
public class ExecuteVersusSocketClosed {

	private final LaneSetup setup = new LaneSetup(List.of());

	private int runs;

	/**
	 * Give a task.
	 * @param result whether it was taken
	 */
	@Actor
	public void execute(ZI_Result result) {
		result.r1 = this.setup.lane.execute(() -> this.runs++);
	}

	/**
	 * The socket is closed; then it is the turn of the lane, if that is there.
	 */
	@Actor
	public void eventLoop() {
		this.setup.lane.socketClosed();
		this.setup.runNext();
	}

	/**
	 * Run it as long as it comes back.
	 * @param result how often the task was run
	 */
	@Arbiter
	public void rest(ZI_Result result) {
		this.setup.runAll();
		result.r2 = this.setup.isQueuedTwice() ? -1 : this.runs;
	}

}
