package io.zinx.session;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two connections log in under one key, and the later one kicks the other: exactly one is
 * open in the end, and holds the key.
 */
@JCStressTest
@Outcome(id = "BOUND, BOUND, the open one", expect = Expect.ACCEPTABLE, desc = "One was kicked, one holds the key")
@Outcome(id = { "BOUND, CLOSED, the open one", "CLOSED, BOUND, the open one" }, expect = Expect.ACCEPTABLE,
		desc = "The same, and the kick came before the kicked one's bind had returned")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both or none are open, or the wrong one holds the key")
@State
public class BindVersusKick {

	private final KeyRegistry<Peer> keys = new KeyRegistry<>();

	private final Peer first = new Peer(this.keys);

	private final Peer second = new Peer(this.keys);

	/**
	 * Log in.
	 * @param result what becomes of it
	 */
	@Actor
	public void first(LLL_Result result) {
		result.r1 = this.keys.bind(this.first, "ann", DuplicateLogin.KICK_OLD);
	}

	/**
	 * Log in elsewhere.
	 * @param result what becomes of it
	 */
	@Actor
	public void second(LLL_Result result) {
		result.r2 = this.keys.bind(this.second, "ann", DuplicateLogin.KICK_OLD);
	}

	/**
	 * Look.
	 * @param result who holds the key
	 */
	@Arbiter
	public void look(LLL_Result result) {
		Peer open = this.first.isOpen() ? this.first : this.second;
		boolean one = this.first.isOpen() != this.second.isOpen();
		result.r3 = (one && this.keys.latest("ann") == open && this.keys.size() == 1) ? "the open one" : "wrong";
	}

}
