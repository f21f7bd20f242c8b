package io.zinx.connection;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two close callbacks, which are the first ones, are registered while the connection
 * ends: each runs once, on the lane or at once, and the connection is forgotten once.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Each once")
@Outcome(expect = Expect.FORBIDDEN, desc = "One never ran, or twice")
@State
public class CallbackVersusEnd {

	private final DetachedConnection loose = new DetachedConnection();

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicInteger second = new AtomicInteger();

	/**
	 * The connection has ended, and its last hook has run.
	 */
	public CallbackVersusEnd() {
		this.loose.connection.close();
	}

	/**
	 * Register two.
	 */
	@Actor
	public void register() {
		this.loose.connection.onClose((connection, reason) -> this.first.incrementAndGet());
		this.loose.connection.onClose((connection, reason) -> this.second.incrementAndGet());
	}

	/**
	 * End.
	 */
	@Actor
	public void end() {
		this.loose.connection.ended();
	}

	/**
	 * Look.
	 * @param result how often each has run, and the connection was forgotten
	 */
	@Arbiter
	public void look(III_Result result) {
		result.r1 = this.first.get();
		result.r2 = this.second.get();
		result.r3 = this.loose.removed.get();
	}

}
