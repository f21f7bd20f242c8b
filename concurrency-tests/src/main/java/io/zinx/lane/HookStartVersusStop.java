package io.zinx.lane;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A lane begins and ends while another thread abandons it, because the server has
 * stopped: {@code onStop} is called if and only if {@code onStart} was, and once.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Started and stopped")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Stopped before it was started")
@Outcome(expect = Expect.FORBIDDEN, desc = "onStop without onStart, missing, or twice")
@State
public class HookStartVersusStop {

	private final AtomicInteger starts = new AtomicInteger();

	private final AtomicInteger stops = new AtomicInteger();

	private final LaneSetup setup = new LaneSetup(List.of(new ConnectionListener() {
		@Override
		public void onStart(Connection connection) {
			HookStartVersusStop.this.starts.incrementAndGet();
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			HookStartVersusStop.this.stops.incrementAndGet();
		}
	}));

	/**
	 * The lane begins and ends.
	 */
	@Actor
	public void lane() {
		this.setup.lane.startHooks();
		this.setup.lane.stopHooks();
	}

	/**
	 * The server has stopped.
	 */
	@Actor
	public void abandon() {
		this.setup.lane.abandon();
	}

	/**
	 * Count.
	 * @param result how often each hook was called
	 */
	@Arbiter
	public void count(II_Result result) {
		result.r1 = this.starts.get();
		result.r2 = this.stops.get();
	}

}
