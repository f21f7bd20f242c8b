package io.zinx.worker;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two event loops bring the first lanes of an idle worker: it waits once, so that no two
 * threads take it.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Both lanes are run by the thread that takes the worker")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or the worker waits twice")
@State
public class TwoAddersOneWorker {

	private final WaitingWork waiting = new WaitingWork();

	/**
	 * An event loop.
	 */
	@Actor
	public void first() {
		this.waiting.add();
	}

	/**
	 * Another one.
	 */
	@Actor
	public void second() {
		this.waiting.add();
	}

	/**
	 * Take the worker as long as it waits.
	 * @param result how often that was, and the lanes that were run
	 */
	@Arbiter
	public void threads(II_Result result) {
		result.r1 = this.waiting.runAll(Integer.MAX_VALUE);
		result.r2 = this.waiting.counted();
	}

}
