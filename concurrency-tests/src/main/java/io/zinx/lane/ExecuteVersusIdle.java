package io.zinx.lane;

import java.util.ArrayList;
import java.util.List;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread gives tasks to a lane that does its last one and becomes idle: no task is left
 * behind or overtakes another, and the lane is in its runner's queue once at a time.
 */
@JCStressTest
@Outcome(id = "[0, 1, 2]", expect = Expect.ACCEPTABLE, desc = "All, in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "Left behind, run twice, out of order or queued twice")
@State
public class ExecuteVersusIdle {

	private final LaneSetup setup = new LaneSetup(List.of());

	private final List<Integer> run = new ArrayList<>(3);

	/**
	 * Give the lane its first task.
	 */
	public ExecuteVersusIdle() {
		execute(0);
	}

	private void execute(int number) {
		this.setup.lane.execute(() -> this.run.add(number));
	}

	/**
	 * Give two tasks.
	 */
	@Actor
	public void execute() {
		execute(1);
		execute(2);
	}

	/**
	 * Run the lane whenever it is there.
	 */
	@Actor
	public void runner() {
		this.setup.runNext();
		this.setup.runNext();
	}

	/**
	 * Run it as long as it comes back.
	 * @param result the tasks that were run
	 */
	@Arbiter
	public void rest(L_Result result) {
		this.setup.runAll();
		result.r1 = this.setup.isQueuedTwice() ? "queued twice" : this.run.toString();
	}

}
