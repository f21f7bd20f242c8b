package io.zinx.lifecycle;

import io.zinx.lifecycle.StartStop.State;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.results.IIL_Result;

/**
 * A start races a stop: what runs is never both, and the state says what was done last.
 */
@JCStressTest
@Outcome(id = "1, 0, true", expect = Expect.ACCEPTABLE, desc = "Stopped in vain, then started")
@Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "Started, then stopped")
@Outcome(expect = Expect.FORBIDDEN, desc = "Start and stop overlapped, or the state is wrong")
@org.openjdk.jcstress.annotations.State
public class StartVersusStop {

	private final StartStop lifecycle = new StartStop();

	/** Guarded by the life cycle: no lock of its own. */
	private int running;

	private int started;

	private int stopped;

	/**
	 * Start.
	 */
	@Actor
	public void start() {
		this.lifecycle.start(() -> {
			this.running++;
			this.started++;
		});
	}

	/**
	 * Stop.
	 */
	@Actor
	public void stop() {
		this.lifecycle.stop(() -> {
			this.running--;
			this.stopped++;
		});
	}

	/**
	 * Look.
	 * @param result starts, stops, and whether the state agrees with them
	 */
	@Arbiter
	public void look(IIL_Result result) {
		result.r1 = this.started;
		result.r2 = this.stopped;
		State expected = (this.started > this.stopped) ? State.STARTED : State.STOPPED;
		result.r3 = this.lifecycle.state() == expected && this.running == this.started - this.stopped;
	}

}
