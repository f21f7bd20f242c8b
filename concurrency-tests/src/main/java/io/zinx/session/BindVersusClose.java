package io.zinx.session;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * A connection ends while it binds a key: the key is free in the end.
 */
@JCStressTest
@Outcome(id = { "BOUND, 0", "CLOSED, 0" }, expect = Expect.ACCEPTABLE, desc = "The key is free")
@Outcome(expect = Expect.FORBIDDEN, desc = "A closed connection holds the key")
@State
public class BindVersusClose {

	private final KeyRegistry<Peer> keys = new KeyRegistry<>();

	private final Peer peer = new Peer(this.keys);

	/**
	 * Log in.
	 * @param result what becomes of it
	 */
	@Actor
	public void bind(LI_Result result) {
		result.r1 = this.keys.bind(this.peer, "ann", DuplicateLogin.KICK_OLD);
	}

	/**
	 * End.
	 */
	@Actor
	public void close() {
		this.peer.close();
	}

	/**
	 * Look.
	 * @param result how many keys are held
	 */
	@Arbiter
	public void look(LI_Result result) {
		result.r2 = this.keys.size();
	}

}
