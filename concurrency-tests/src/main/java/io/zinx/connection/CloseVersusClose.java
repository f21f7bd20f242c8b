package io.zinx.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * The application closes a connection while another connection takes its key: it ends for
 * one reason, which both see from then on, and is released once.
 */
@JCStressTest
@Outcome(id = "handler, handler, 1", expect = Expect.ACCEPTABLE, desc = "The application was first")
@Outcome(id = "replaced, replaced, 1", expect = Expect.ACCEPTABLE, desc = "The other connection was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two reasons, or released twice or never")
@State
public class CloseVersusClose {

	private final DetachedConnection loose = new DetachedConnection();

	/**
	 * The application closes it.
	 * @param result the reason it sees then
	 */
	@Actor
	public void close(LLI_Result result) {
		this.loose.connection.close();
		result.r1 = this.loose.connection.closeReason();
	}

	/**
	 * Its key is taken.
	 * @param result the reason it sees then
	 */
	@Actor
	public void kick(LLI_Result result) {
		if (this.loose.connection.decideKick()) {
			this.loose.connection.kicked();
		}
		result.r2 = this.loose.connection.closeReason();
	}

	/**
	 * Look.
	 * @param result how often it was released
	 */
	@Arbiter
	public void look(LLI_Result result) {
		result.r3 = this.loose.released.get();
	}

}
