package io.zinx.admission;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A client comes to the queue of a full server, whose slot is given back just before it
 * stops: the client is not admitted, although it may have been called, and is counted as
 * rejected once. The slot is free in the end.
 */
@JCStressTest
@Outcome(id = "0, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Turned away, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten in the queue, counted wrongly, or a slot was lost")
@State
public class WaitVersusStop {

	private final FullServer server = new FullServer();

	private final FullServer.Loop client = new FullServer.Loop().open();

	/**
	 * The client comes, and finds the slot taken.
	 */
	@Actor
	public void come() {
		this.server.queue.turnAway(this.client, (connection) -> {
		});
	}

	/**
	 * The holder of the slot has ended, and the server stops.
	 */
	@Actor
	public void freeAndStop() {
		this.server.registry.slots().giveBack();
		this.server.queue.stop();
	}

	/**
	 * Let the event loop turn, and look.
	 * @param result the numbers of clients admitted, rejected and waiting, and of slots
	 * taken
	 */
	@Arbiter
	public void look(IIII_Result result) {
		this.client.turn();
		result.r1 = this.server.admitted;
		result.r2 = this.client.isOpen() ? 0 : this.server.rejected();
		result.r3 = this.server.queue.size();
		result.r4 = this.server.registry.slots().taken();
	}

}
