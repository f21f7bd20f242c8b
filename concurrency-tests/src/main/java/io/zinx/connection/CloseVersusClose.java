package io.zinx.connection;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * The application closes a connection while its peer reads too slowly and another
 * connection takes its key: it ends for one reason, which all see from then on, and is
 * released once.
 */
@JCStressTest
@Outcome(id = { "handler, handler, handler, 1", "slow-consumer, slow-consumer, slow-consumer, 1",
		"kicked, kicked, kicked, 1" }, expect = Expect.ACCEPTABLE, desc = "One reason, and all have seen it")
@Outcome(expect = Expect.FORBIDDEN, desc = "Several reasons, or released twice or never")
@State
public class CloseVersusClose {

	private final Loose loose = new Loose();

	/**
	 * The application closes it.
	 * @param result the reason it sees then
	 */
	@Actor
	public void handler(LLLL_Result result) {
		this.loose.connection.close();
		result.r1 = this.loose.connection.closeReason();
	}

	/**
	 * It is a slow consumer.
	 * @param result the reason it sees then
	 */
	@Actor
	public void slowConsumer(LLLL_Result result) {
		this.loose.connection.close(CloseReason.SLOW_CONSUMER);
		result.r2 = this.loose.connection.closeReason();
	}

	/**
	 * Its key is taken.
	 * @param result the reason it sees then
	 */
	@Actor
	public void kick(LLLL_Result result) {
		if (this.loose.connection.decideKick()) {
			this.loose.connection.kicked();
		}
		result.r3 = this.loose.connection.closeReason();
	}

	/**
	 * Look.
	 * @param result how often it was released
	 */
	@Arbiter
	public void look(LLLL_Result result) {
		result.r4 = this.loose.released.get();
	}

}
