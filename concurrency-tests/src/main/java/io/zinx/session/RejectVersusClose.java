package io.zinx.session;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The holder of a key ends while another one logs in and new logins are rejected: the new
 * one is accepted and holds the key, or is rejected and the key is free.
 */
@JCStressTest
@Outcome(id = "BOUND, the new one", expect = Expect.ACCEPTABLE, desc = "The old one had ended before")
@Outcome(id = "REJECTED, nobody", expect = Expect.ACCEPTABLE, desc = "The old one was there still")
@Outcome(expect = Expect.FORBIDDEN, desc = "Somebody else holds the key")
@State
public class RejectVersusClose {

	private final KeyRegistry<Peer> keys = new KeyRegistry<>();

	private final Peer old = new Peer(this.keys);

	private final Peer young = new Peer(this.keys);

	/**
	 * The old one holds the key.
	 */
	public RejectVersusClose() {
		this.keys.bind(this.old, "ann", DuplicateLogin.REJECT_NEW);
	}

	/**
	 * The old one ends.
	 */
	@Actor
	public void close() {
		this.old.close();
	}

	/**
	 * Another one logs in.
	 * @param result what becomes of it
	 */
	@Actor
	public void bind(LL_Result result) {
		result.r1 = this.keys.bind(this.young, "ann", DuplicateLogin.REJECT_NEW);
	}

	/**
	 * Look.
	 * @param result who holds the key
	 */
	@Arbiter
	public void look(LL_Result result) {
		Peer latest = this.keys.latest("ann");
		boolean clean = this.keys.size() == ((latest != null) ? 1 : 0);
		result.r2 = !clean ? "a remainder"
				: (latest == this.young) ? "the new one" : (latest == null) ? "nobody" : "old";
	}

}
