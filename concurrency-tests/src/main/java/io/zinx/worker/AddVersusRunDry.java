package io.zinx.worker;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An event loop adds lanes to a worker whose thread is at its last one: they are run by
 * that thread, or the worker waits for the next, once.
 */
@JCStressTest
@Outcome(id = { "3, 0", "3, 1" }, expect = Expect.ACCEPTABLE, desc = "All lanes, by one thread after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or the worker waits twice")
@State
public class AddVersusRunDry {

	private final WaitingWork waiting = new WaitingWork();

	/**
	 * The worker waits with one lane.
	 */
	public AddVersusRunDry() {
		this.waiting.add();
	}

	/**
	 * Add two lanes.
	 */
	@Actor
	public void eventLoop() {
		this.waiting.add();
		this.waiting.add();
	}

	/**
	 * Run the worker until it has run dry.
	 */
	@Actor
	public void thread() {
		this.waiting.runNext(Integer.MAX_VALUE);
	}

	/**
	 * Run what waits.
	 * @param result the lanes that were run, and how often the worker waited in the end
	 */
	@Arbiter
	public void rest(II_Result result) {
		result.r2 = this.waiting.runAll(Integer.MAX_VALUE);
		result.r1 = this.waiting.counted();
	}

}
