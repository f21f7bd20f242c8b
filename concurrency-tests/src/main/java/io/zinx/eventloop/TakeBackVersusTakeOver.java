package io.zinx.eventloop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The thread that has let go of an event loop takes it back while another one takes it
 * over: one of them has it at a time, and sees what the one before has done.
 */
@JCStressTest
@Outcome(id = { "1, 0, 1", "0, 1, 1", "1, 1, 2" }, expect = Expect.ACCEPTABLE,
		desc = "One after the other, or one only")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both had it at a time, or none")
@State
public class TakeBackVersusTakeOver {

	private static final Thread ONE = new Thread(() -> {
	});

	private static final Thread OTHER = new Thread(() -> {
	});

	private final MovableEventLoop loop = new MovableEventLoop(null, (executor) -> new NoSockets());

	/** The state that belongs to the loop, without synchronization. */
	private int turns;

	private int turn(Thread thread) {
		if (!this.loop.take(thread)) {
			return 0;
		}
		this.loop.enter();
		this.turns++;
		this.loop.release();
		return 1;
	}

	/**
	 * Take it back.
	 * @param result whether it could
	 */
	@Actor
	public void one(III_Result result) {
		result.r1 = turn(ONE);
	}

	/**
	 * Take it over.
	 * @param result whether it could
	 */
	@Actor
	public void other(III_Result result) {
		result.r2 = turn(OTHER);
	}

	/**
	 * Look at the loop.
	 * @param result the turns that were counted; 9 if the phase does not say so, too
	 */
	@Arbiter
	public void rest(III_Result result) {
		result.r3 = (this.loop.phase() == 1 + 2 * this.turns) ? this.turns : 9;
	}

	private static final class NoSockets implements IoHandler {

		@Override
		public int run(IoHandlerContext context) {
			return 0;
		}

		@Override
		public IoRegistration register(IoHandle handle) {
			throw new UnsupportedOperationException("There are no sockets");
		}

		@Override
		public void wakeup() {
			// It does not sleep.
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> handleType) {
			return false;
		}

	}

}
