package io.zinx.admission;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Three clients for two slots, on two event loops: two get in, never three, never one.
 */
@JCStressTest
@Outcome(id = { "0, 1, 2", "1, 2, 0", "2, 1, 0" }, expect = Expect.ACCEPTABLE,
		desc = "Two are admitted under numbers of their own")
@Outcome(expect = Expect.FORBIDDEN, desc = "Too many, too few, one number twice, or a slot for who came last")
@State
public class Admission {

	/** Never started: only which one it is matters. */
	private static final EventLoop LOOP = new DefaultEventLoop();

	private final ConnectionRegistry registry = ConnectionRegistry.of(new ConnManager(2));

	private long first;

	private long second;

	private long third;

	/**
	 * A client.
	 */
	@Actor
	public void first() {
		this.first = admit();
	}

	/**
	 * Two more, one behind the other.
	 */
	@Actor
	public void others() {
		this.second = admit();
		this.third = admit();
	}

	private long admit() {
		return this.registry.slots().take() ? this.registry.numbers(0, 2).next(LOOP) : 0;
	}

	/**
	 * Look.
	 * @param result the numbers, 0 for a rejected client; all -1 if the size is wrong
	 */
	@Arbiter
	public void look(III_Result result) {
		boolean exact = this.registry.slots().taken() == 2;
		result.r1 = exact ? (int) this.first : -1;
		result.r2 = exact ? (int) this.second : -1;
		result.r3 = exact ? (int) this.third : -1;
	}

}
