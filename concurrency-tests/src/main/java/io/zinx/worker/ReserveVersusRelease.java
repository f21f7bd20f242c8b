package io.zinx.worker;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads reserve space under a queue bound, and one of them releases some before:
 * the bound of three is exact.
 */
@JCStressTest
@Outcome(id = "1, 1, 3", expect = Expect.ACCEPTABLE, desc = "The first got the rest before any was given back")
@Outcome(id = { "2, 0, 3", "0, 2, 3" }, expect = Expect.ACCEPTABLE, desc = "One got all that was free then")
@Outcome(expect = Expect.FORBIDDEN, desc = "More than there was, less than was free, or a wrong count")
@State
public class ReserveVersusRelease {

	private final QueueBound bound = new QueueBound(3);

	/**
	 * Two of three wait.
	 */
	public ReserveVersusRelease() {
		this.bound.reserve(2);
	}

	/**
	 * Reserve.
	 * @param result what is granted
	 */
	@Actor
	public void first(III_Result result) {
		result.r1 = this.bound.reserve(2);
	}

	/**
	 * Give one back, and reserve, too.
	 * @param result what is granted
	 */
	@Actor
	public void second(III_Result result) {
		this.bound.release(1);
		result.r2 = this.bound.reserve(2);
	}

	/**
	 * Count.
	 * @param result how many wait
	 */
	@Arbiter
	public void count(III_Result result) {
		result.r3 = this.bound.waiting();
	}

}
