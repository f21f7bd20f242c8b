package io.zinx.worker;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread runs a worker, and another one, which has a lane for the same worker, takes
 * the next that waits: the worker is with one thread at a time, and what the second
 * thread runs sees what the first has done.
 */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "Three lanes counted, none lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or two were run at a time")
@State
public class TwoThreadsOneWorker {

	private final WaitingWork waiting = new WaitingWork();

	/**
	 * The worker waits with one lane.
	 */
	public TwoThreadsOneWorker() {
		this.waiting.add();
	}

	/**
	 * A thread.
	 */
	@Actor
	public void first() {
		this.waiting.runNext(Integer.MAX_VALUE);
	}

	/**
	 * Another one.
	 */
	@Actor
	public void second() {
		this.waiting.add();
		this.waiting.runNext(Integer.MAX_VALUE);
		this.waiting.add();
		this.waiting.runNext(Integer.MAX_VALUE);
	}

	/**
	 * Run what waits.
	 * @param result the lanes that were run
	 */
	@Arbiter
	public void rest(I_Result result) {
		this.waiting.runAll(Integer.MAX_VALUE);
		result.r1 = this.waiting.counted();
	}

}
