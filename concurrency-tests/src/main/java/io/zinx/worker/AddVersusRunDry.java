package io.zinx.worker;

import io.zinx.eventloop.ServerThreads;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An event loop adds lanes to a worker whose thread is at its last one: they are run by
 * that thread, or the worker waits in the pool for the next, once.
 */
@JCStressTest
@Outcome(id = { "3, 0", "3, 1" }, expect = Expect.ACCEPTABLE, desc = "All lanes, by one thread after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or the worker waits twice")
@State
public class AddVersusRunDry {

	private final int[] count = new int[1];

	private final Workers workers = new Workers(new ServerThreads("test", null), 1, 1);

	private final Worker worker = this.workers.all().get(0);

	private final WorkerThread thread = new WorkerThread(new ServerThreads("racing", null), 0, this.workers);

	/**
	 * The worker waits with one lane.
	 */
	public AddVersusRunDry() {
		this.worker.add(new CountedLane(this.count));
	}

	/**
	 * Add two lanes.
	 */
	@Actor
	public void eventLoop() {
		this.worker.add(new CountedLane(this.count));
		this.worker.add(new CountedLane(this.count));
	}

	/**
	 * Run the worker until it has run dry.
	 */
	@Actor
	public void thread() {
		runNext();
	}

	private boolean runNext() {
		Worker next = this.workers.poll();
		if (next != null) {
			next.run(this.thread);
		}
		return next != null;
	}

	/**
	 * Run what waits in the pool.
	 * @param result the lanes that were run, and how often the worker waited in the pool
	 * in the end
	 */
	@Arbiter
	public void rest(II_Result result) {
		while (runNext()) {
			result.r2++;
		}
		result.r1 = this.count[0];
	}

}
