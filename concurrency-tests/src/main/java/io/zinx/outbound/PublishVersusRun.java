package io.zinx.outbound;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread publishes two connections and wakes the event loop for each, which runs
 * because it was woken before: both are flushed once when it has run all it was given.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both were flushed")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is left behind, or was flushed twice")
@State
public class PublishVersusRun {

	private final ManualEventLoop loop = new ManualEventLoop();

	private final LoopOutbox outbox = new LoopOutbox(this.loop);

	private final CountedFlush first = new CountedFlush();

	private final CountedFlush second = new CountedFlush();

	/**
	 * Begin with an event loop that was woken.
	 */
	public PublishVersusRun() {
		this.outbox.wake();
	}

	/**
	 * Publish one behind the other.
	 */
	@Actor
	public void publish() {
		this.outbox.publish(this.first);
		this.outbox.wake();
		this.outbox.publish(this.second);
		this.outbox.wake();
	}

	/**
	 * Run on the event loop.
	 */
	@Actor
	public void run() {
		this.loop.runOne();
	}

	/**
	 * Run what else the event loop was given, and look.
	 * @param result how often each was flushed
	 */
	@Arbiter
	public void look(II_Result result) {
		this.loop.runAll();
		result.r1 = this.first.count();
		result.r2 = this.second.count();
	}

}
