package io.zinx.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A task is given to a lane that closes, runs what it finds, and ends: the task is run or
 * refused, never both and never neither.
 */
@JCStressTest
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "Taken and run")
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "Refused and not run")
@Outcome(expect = Expect.FORBIDDEN, desc = "Taken and lost, or refused and run, or run twice")
@State
public class SubmitVersusClose {

	private final LaneTasks tasks = new LaneTasks(1, Runnable::run);

	private int runs;

	/**
	 * Give a task.
	 * @param result whether it was taken
	 */
	@Actor
	public void submit(ZI_Result result) {
		result.r1 = this.tasks.submit(() -> this.runs++);
	}

	/**
	 * Run what is there.
	 */
	@Actor
	public void lane() {
		runAll();
		this.tasks.close();
		runAll();
		this.tasks.end();
	}

	private void runAll() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	/**
	 * Find what came behind the end, and count.
	 * @param result how often the task was run
	 */
	@Arbiter
	public void rest(ZI_Result result) {
		runAll();
		result.r2 = this.runs;
	}

}
