package io.zinx.session;

import java.util.concurrent.atomic.AtomicBoolean;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A connection binds a key while its last holder ends, and somebody looks whenever the
 * listener is told: the last look sees what there is in the end.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The key is bound, and the last look has seen it")
@Outcome(expect = Expect.FORBIDDEN, desc = "The key would not be subscribed although it is bound")
@State
public class JoinVersusLastLeaves implements MembershipListener {

	private final KeyRegistry<Peer> keys = new KeyRegistry<>();

	private final Peer old = new Peer(this.keys);

	private final Peer young = new Peer(this.keys);

	private final AtomicBoolean marked = new AtomicBoolean();

	/** What the last look has seen; written by who has taken the mark. */
	private boolean seen = true;

	/**
	 * The old one holds the key.
	 */
	public JoinVersusLastLeaves() {
		this.keys.bind(this.old, "ann", DuplicateLogin.ALLOW);
		this.keys.listen(this);
	}

	@Override
	public void keyChanged(String key) {
		this.marked.set(true);
	}

	@Override
	public void groupChanged(String group) {
	}

	private void look() {
		if (this.marked.compareAndSet(true, false)) {
			this.seen = this.keys.has("ann");
		}
	}

	/**
	 * The old one ends, and somebody looks meanwhile.
	 */
	@Actor
	public void close() {
		this.old.close();
		look();
	}

	/**
	 * Another one binds the key.
	 */
	@Actor
	public void bind() {
		this.keys.bind(this.young, "ann", DuplicateLogin.ALLOW);
	}

	/**
	 * Look once more if the key is marked.
	 * @param result what there is, and what the last look has seen
	 */
	@Arbiter
	public void lookAtLast(ZZ_Result result) {
		look();
		result.r1 = this.keys.has("ann");
		result.r2 = this.seen;
	}

}
