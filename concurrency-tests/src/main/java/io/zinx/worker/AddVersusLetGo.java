package io.zinx.worker;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread lets go of a worker behind each lane, because it has other things to do, while
 * an event loop adds some: the worker waits once for the next thread.
 */
@JCStressTest
@Outcome(id = "4, 2", expect = Expect.ACCEPTABLE, desc = "All lanes, by one thread after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or the worker waits twice")
@State
public class AddVersusLetGo {

	private final WaitingWork waiting = new WaitingWork();

	/**
	 * The worker waits with two lanes.
	 */
	public AddVersusLetGo() {
		this.waiting.add();
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
	 * Run one lane, and let go.
	 */
	@Actor
	public void thread() {
		this.waiting.runNext(1);
	}

	/**
	 * Run what waits, two lanes at a time.
	 * @param result the lanes that were run, and how often the worker waited in the end
	 */
	@Arbiter
	public void rest(II_Result result) {
		result.r2 = this.waiting.runAll(2);
		result.r1 = this.waiting.counted();
	}

}
