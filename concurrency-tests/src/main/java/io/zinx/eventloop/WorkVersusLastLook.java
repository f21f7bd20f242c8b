package io.zinx.eventloop;

import java.util.concurrent.atomic.AtomicBoolean;

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
 * An event loop looks for the last time whether there is anything to do, and falls
 * asleep, while another thread brings it work: it stays awake, or is woken.
 */
@JCStressTest
@Outcome(id = { "0, 0, 0", "0, 0, 1" }, expect = Expect.ACCEPTABLE, desc = "It has seen what it was brought")
@Outcome(id = { "1, 0, 1" }, expect = Expect.ACCEPTABLE, desc = "It slept, and was woken")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps although there is something to do")
@State
public class WorkVersusLastLook {

	private final Sockets sockets = new Sockets();

	private final Given given = new Given();

	private final MovableEventLoop loop = new MovableEventLoop(null, (executor) -> this.sockets);

	/**
	 * The loop has nothing to do.
	 */
	public WorkVersusLastLook() {
		this.loop.begin(this.given, () -> {
		});
	}

	/**
	 * Drive the loop.
	 * @param result whether it fell asleep
	 */
	@Actor
	public void driver(III_Result result) {
		this.loop.take(Thread.currentThread());
		this.loop.enter();
		this.loop.turn();
		result.r1 = this.sockets.slept ? 1 : 0;
	}

	/**
	 * Bring it something.
	 */
	@Actor
	public void other() {
		this.given.there = true;
		this.loop.wakeUp();
	}

	/**
	 * Look at the loop.
	 * @param result whether it is still asleep, and whether it was woken
	 */
	@Arbiter
	public void rest(III_Result result) {
		result.r2 = (this.sockets.slept && this.sockets.asleep.get()) ? 1 : 0;
		result.r3 = this.sockets.woken ? 1 : 0;
	}

	/**
	 * Sleeps as Netty's handlers do, but for the sleep.
	 */
	private static final class Sockets implements IoHandler {

		private final AtomicBoolean asleep = new AtomicBoolean();

		private boolean slept;

		private boolean woken;

		@Override
		public int run(IoHandlerContext context) {
			if (context.canBlock()) {
				this.asleep.set(true);
				this.slept = context.canBlock();
			}
			return 0;
		}

		@Override
		public void wakeup() {
			this.woken = this.asleep.getAndSet(false);
		}

		@Override
		public IoRegistration register(IoHandle handle) {
			throw new UnsupportedOperationException("There are no sockets");
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> handleType) {
			return false;
		}

	}

	private static final class Given implements LoopWork {

		private volatile boolean there;

		@Override
		public boolean isWaiting() {
			return this.there;
		}

		@Override
		public void run() {
			this.there = false;
		}

		@Override
		public void collect() {
			// There is nothing to write.
		}

		@Override
		public void look(boolean idle) {
			// Nobody watches.
		}

	}

}
