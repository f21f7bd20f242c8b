package io.zinx.worker;

import io.zinx.eventloop.ServerThreads;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread runs a worker, and another one, which has a lane for the same worker, takes
 * the next from the pool: the worker is with one thread at a time, and what the second
 * thread runs sees what the first has done.
 */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "Three lanes counted, none lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or two were run at a time")
@State
public class TwoThreadsOneWorker {

	private final int[] count = new int[1];

	private final Workers workers = new Workers(new ServerThreads("test", null), 1, 1);

	private final Worker worker = this.workers.all().get(0);

	/**
	 * The worker waits with one lane.
	 */
	public TwoThreadsOneWorker() {
		this.worker.add(new CountedLane(this.count));
	}

	/**
	 * A thread.
	 */
	@Actor
	public void first() {
		runNext();
	}

	/**
	 * Another one.
	 */
	@Actor
	public void second() {
		this.worker.add(new CountedLane(this.count));
		runNext();
		this.worker.add(new CountedLane(this.count));
		runNext();
	}

	private boolean runNext() {
		Worker next = this.workers.poll();
		if (next != null) {
			next.run(new WorkerThread(new ServerThreads("racing", null), 0, this.workers));
		}
		return next != null;
	}

	/**
	 * Run what waits in the pool.
	 * @param result the lanes that were run
	 */
	@Arbiter
	public void rest(I_Result result) {
		boolean more = runNext();
		while (more) {
			more = runNext();
		}
		result.r1 = this.count[0];
	}

}
