package io.zinx.connection;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A close callback is removed while the connection ends: it was removed and does not run,
 * or it runs and was not removed.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "Taken back in time")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "Too late")
@Outcome(expect = Expect.FORBIDDEN, desc = "It ran although it was taken back, or was lost")
@State
public class RemoveVersusRun {

	private final DetachedConnection loose = new DetachedConnection();

	private final AtomicInteger runs = new AtomicInteger();

	private final CloseCallback.Handle handle = this.loose.connection
		.onClose((connection, reason) -> this.runs.incrementAndGet());

	/**
	 * The connection has ended, and its last hook has run.
	 */
	public RemoveVersusRun() {
		this.loose.connection.close();
	}

	/**
	 * Take it back.
	 * @param result whether that was in time
	 */
	@Actor
	public void remove(ZI_Result result) {
		result.r1 = this.handle.remove();
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
	 * @param result how often it has run
	 */
	@Arbiter
	public void look(ZI_Result result) {
		result.r2 = this.runs.get();
	}

}
