package io.zinx.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads add to the inbox of a lane: nothing is lost, nothing comes twice, and what
 * one thread added comes in its order.
 */
@JCStressTest
@Outcome(id = { "[1, 2, 3]", "[1, 3, 2]", "[3, 1, 2]" }, expect = Expect.ACCEPTABLE, desc = "1 before 2")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, twice or out of order")
@State
public class AddVersusAdd {

	private final NumberedInbox inbox = new NumberedInbox();

	/**
	 * Add two.
	 */
	@Actor
	public void first() {
		this.inbox.add(1);
		this.inbox.add(2);
	}

	/**
	 * Add one.
	 */
	@Actor
	public void second() {
		this.inbox.add(3);
	}

	/**
	 * Take out all.
	 * @param result all that was taken, in order
	 */
	@Arbiter
	public void rest(L_Result result) {
		result.r1 = this.inbox.takeAll();
	}

}
