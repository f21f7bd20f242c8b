package io.zinx.admission;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two event loops number their first connections at once: with different numbers, one of
 * them odd and one even.
 */
@JCStressTest
@Outcome(id = { "1, 2", "2, 1" }, expect = Expect.ACCEPTABLE, desc = "In the order in which the parts were given")
@Outcome(id = { "3, 2", "2, 3" }, expect = Expect.ACCEPTABLE,
		desc = "The second part was given and used before the first was used")
@Outcome(expect = Expect.FORBIDDEN, desc = "A number twice, or both event loops have the same part")
@State
public class NumbersOfTwoLoops {

	/** Never started: only which one it is matters. */
	private static final EventLoop FIRST = new DefaultEventLoop();

	private static final EventLoop SECOND = new DefaultEventLoop();

	private final ConnectionNumbers numbers = new ConnectionNumbers(ConnectionRegistry.of(new ConnManager(2)), 2, 2);

	/**
	 * The first event loop.
	 * @param result the number
	 */
	@Actor
	public void first(JJ_Result result) {
		result.r1 = this.numbers.next(FIRST);
	}

	/**
	 * The second event loop.
	 * @param result the number
	 */
	@Actor
	public void second(JJ_Result result) {
		result.r2 = this.numbers.next(SECOND);
	}

}
