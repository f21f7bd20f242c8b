package io.zinx.admission;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Two clients come to a full server while its slot is given back: one of them has the
 * slot in the end, and the other one waits. No slot is free while somebody waits.
 */
@JCStressTest
@Outcome(id = { "1, 0, 1, 1", "0, 1, 1, 1" }, expect = Expect.ACCEPTABLE, desc = "One has waited, or came in at once")
@Outcome(expect = Expect.FORBIDDEN, desc = "A slot was lost, or given twice")
@State
public class WaitVersusFreed {

	private final FullServer server = new FullServer();

	private final FullServer.Loop first = new FullServer.Loop().open();

	private final FullServer.Loop second = new FullServer.Loop().open();

	private boolean firstAtOnce;

	private boolean secondAtOnce;

	/**
	 * They come.
	 */
	@Actor
	public void come() {
		this.firstAtOnce = this.server.come(this.first);
		this.secondAtOnce = this.server.come(this.second);
	}

	/**
	 * The holder of the slot has ended.
	 */
	@Actor
	public void freed() {
		this.server.registry.slots().giveBack();
	}

	/**
	 * Let the event loops turn, and look.
	 * @param result how many came in at once, how many from the queue, how many wait, and
	 * how many slots are taken
	 */
	@Arbiter
	public void look(IIII_Result result) {
		this.first.turn();
		this.second.turn();
		result.r1 = (this.firstAtOnce ? 1 : 0) + (this.secondAtOnce ? 1 : 0);
		result.r2 = this.server.admitted;
		result.r3 = this.server.queue.size();
		result.r4 = this.server.registry.slots().taken();
	}

}
