package io.zinx.outbound;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A worker publishes connections and wakes the event loop, which collects for an earlier
 * wake-up and comes to the end of a turn: each is flushed once, and nobody has to wake it
 * again for that.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each was flushed")
@Outcome(expect = Expect.FORBIDDEN, desc = "One waits for ever, or was flushed twice")
@State
public class PublishVersusCollect {

	private final ManualEventLoop loop = new ManualEventLoop();

	private final LoopOutbox outbox = new LoopOutbox(this.loop);

	private final CountedFlush first = new CountedFlush();

	private final CountedFlush second = new CountedFlush();

	/**
	 * The event loop was woken.
	 */
	public PublishVersusCollect() {
		this.outbox.wake();
	}

	/**
	 * Publish two, each with a wake-up of its own.
	 */
	@Actor
	public void worker() {
		this.outbox.publish(this.first);
		this.outbox.wake();
		this.outbox.publish(this.second);
		this.outbox.wake();
	}

	/**
	 * Collect, and end a turn.
	 */
	@Actor
	public void eventLoop() {
		this.loop.runOne();
		this.outbox.aboutToCollect();
		this.outbox.yieldAndCollect();
	}

	/**
	 * Do what the event loop was woken for since.
	 * @param result how often each was flushed
	 */
	@Arbiter
	public void rest(II_Result result) {
		this.loop.runAll();
		result.r1 = this.first.count();
		result.r2 = this.second.count();
	}

}
