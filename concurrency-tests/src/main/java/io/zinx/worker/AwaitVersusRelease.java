package io.zinx.worker;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A lane reserves space under a queue bound that is reached, while all messages are
 * handled: it gets the space, or is notified, once.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It has got room")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It was told that there is room")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or was told twice")
@State
public class AwaitVersusRelease {

	private final QueueBound bound = new QueueBound(2);

	private final AtomicInteger told = new AtomicInteger();

	/**
	 * The queue bound is reached.
	 */
	public AwaitVersusRelease() {
		this.bound.reserve(2);
	}

	/**
	 * Reserve, or wait.
	 * @param result what is granted
	 */
	@Actor
	public void lane(II_Result result) {
		result.r1 = this.bound.reserve(1);
		if (result.r1 == 0) {
			this.bound.await(this.told::incrementAndGet);
		}
	}

	/**
	 * Give all back, one by one.
	 */
	@Actor
	public void runner() {
		this.bound.release(1);
		this.bound.release(1);
	}

	/**
	 * Look.
	 * @param result how often the lane was told
	 */
	@Arbiter
	public void look(II_Result result) {
		result.r2 = this.told.get();
	}

}
