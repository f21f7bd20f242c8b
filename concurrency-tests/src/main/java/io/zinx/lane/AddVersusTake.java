package io.zinx.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * One thread adds to the inbox of a lane while another one takes out: nothing is lost,
 * nothing comes twice, and it comes in its order.
 */
@JCStressTest
@Outcome(id = "[1, 2, 3]", expect = Expect.ACCEPTABLE, desc = "As added")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, twice or out of order")
@State
public class AddVersusTake {

	private final NumberedInbox inbox = new NumberedInbox();

	/**
	 * Add three.
	 */
	@Actor
	public void adder() {
		this.inbox.add(1);
		this.inbox.add(2);
		this.inbox.add(3);
	}

	/**
	 * Take out what is there, twice.
	 */
	@Actor
	public void lane() {
		this.inbox.take();
		this.inbox.take();
	}

	/**
	 * Take out the rest.
	 * @param result all that was taken, in order
	 */
	@Arbiter
	public void rest(L_Result result) {
		result.r1 = this.inbox.takeAll();
	}

}
