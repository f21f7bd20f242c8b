package io.zinx.connection;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two event loops number their first connections at once: with different numbers, those
 * of the first odd and those of the second even.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The first event loop has the odd ones")
@Outcome(expect = Expect.FORBIDDEN, desc = "A number twice, or both event loops have the same part")
@State
public class NumbersOfTwoLoops {

	/** Never started: only which one it is matters. */
	private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());

	private static final EventLoop FIRST = (EventLoop) GROUP.next();

	private static final EventLoop SECOND = (EventLoop) GROUP.next();

	private final ConnectionNumbers numbers = new ConnectionNumbers(2, 2);

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
