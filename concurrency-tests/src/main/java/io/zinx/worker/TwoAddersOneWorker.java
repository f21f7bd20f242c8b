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
 * Two event loops bring the first lanes of an idle worker: it waits in the pool once, so
 * that no two threads take it.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Both lanes are run by the thread that takes the worker")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or the worker waits twice")
@State
public class TwoAddersOneWorker {

	private final int[] count = new int[1];

	private final Workers workers = new Workers(new ServerThreads("test", null), 1, 1);

	private final Worker worker = this.workers.all().get(0);

	/**
	 * An event loop.
	 */
	@Actor
	public void first() {
		this.worker.add(new CountedLane(this.count));
	}

	/**
	 * Another one.
	 */
	@Actor
	public void second() {
		this.worker.add(new CountedLane(this.count));
	}

	/**
	 * Take the worker from the pool as long as it waits there.
	 * @param result how often that was, and the lanes that were run
	 */
	@Arbiter
	public void threads(II_Result result) {
		WorkerThread thread = new WorkerThread(new ServerThreads("racing", null), 0, this.workers);
		Worker next = this.workers.poll();
		while (next != null) {
			result.r1++;
			next.run(thread);
			next = this.workers.poll();
		}
		result.r2 = this.count[0];
	}

}
