package io.zinx.admission;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A client is accepted by a full server, which makes accepting pause, while its slot is
 * given back: accepting does not stay switched off while a slot is free.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "Accepting is on")
@Outcome(expect = Expect.FORBIDDEN, desc = "Accepting is off, and nobody switches it on")
@State
public class PauseVersusFreed {

	private final FullServer server = new FullServer();

	private final FullServer.Loop listening = new FullServer.Loop().open();

	private final FullServer.Loop client = new FullServer.Loop();

	/**
	 * One is accepted.
	 */
	@Actor
	public void accept() {
		this.server.queue.arriving(this.listening, this.client);
	}

	/**
	 * The holder of the slot has ended.
	 */
	@Actor
	public void freed() {
		this.server.registry.slots().giveBack();
	}

	/**
	 * Let the event loop that accepts turn, and look, while the client is still on its
	 * way.
	 * @param result whether more are accepted, and how many slots are taken
	 */
	@Arbiter
	public void look(ZI_Result result) {
		this.listening.turn();
		result.r1 = this.listening.config().isAutoRead();
		result.r2 = this.server.registry.slots().taken();
	}

}
