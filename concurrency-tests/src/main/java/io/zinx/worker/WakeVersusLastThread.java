package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An event loop brings lanes to a runner whose only thread is at its last one: the thread
 * runs them, or another one is started for them.
 */
@JCStressTest
@Outcome(id = { "3, 0", "3, 1" }, expect = Expect.ACCEPTABLE, desc = "All lanes, by one thread after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lane was left behind, or two threads ran at a time")
@State
public class WakeVersusLastThread {

	private final int[] count = new int[1];

	private final StartedThreads started = new StartedThreads();

	private final LaneThreads threads = new LaneThreads("test", 0, this.started);

	/**
	 * A thread was started for one lane.
	 */
	public WakeVersusLastThread() {
		give();
	}

	/**
	 * Bring two lanes, one by one.
	 */
	@Actor
	public void eventLoop() {
		give();
		give();
	}

	private void give() {
		this.threads.add(new CountedLane(this.count));
		this.threads.wake();
	}

	/**
	 * Run lanes until there is none.
	 */
	@Actor
	public void thread() {
		this.started.runNext();
	}

	/**
	 * Run the threads that were started since.
	 * @param result the lanes that were run, and the threads that were started since
	 */
	@Arbiter
	public void rest(II_Result result) {
		while (this.started.runNext()) {
			result.r2++;
		}
		result.r1 = this.count[0];
	}

	private static final class StartedThreads implements ThreadSource {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		@Override
		public void start(Runnable task) {
			this.tasks.add(task);
		}

		@Override
		public int limit() {
			return 1;
		}

		@Override
		public void stop() {
			// No test stops it.
		}

		boolean runNext() {
			Runnable task = this.tasks.poll();
			if (task != null) {
				task.run();
			}
			return task != null;
		}

	}

}
