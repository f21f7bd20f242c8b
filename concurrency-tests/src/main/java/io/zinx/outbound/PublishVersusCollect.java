package io.zinx.outbound;

import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.channel.EventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A worker publishes connections and wakes the event loop, which collects for an earlier
 * wake-up and comes to the end of a turn: each is flushed once, and nobody has to wake it
 * again for that.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each was flushed")
@Outcome(expect = Expect.FORBIDDEN, desc = "One waits for ever, or was flushed twice")
@State
public class PublishVersusCollect {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(),
			new Class<?>[] { EventLoop.class }, (proxy, method, args) -> {
				this.tasks.add((Runnable) args[0]);
				return null;
			});

	private final LoopOutbox outbox = new LoopOutbox(this.loop);

	private final Published first = new Published();

	private final Published second = new Published();

	/**
	 * The event loop was woken.
	 */
	public PublishVersusCollect() {
		this.outbox.wake();
	}

	/**
	 * Publish two, each with a wake-up of its own.
	 */
	@Actor
	public void worker() {
		this.outbox.publish(this.first);
		this.outbox.wake();
		this.outbox.publish(this.second);
		this.outbox.wake();
	}

	/**
	 * Collect, and end a turn.
	 */
	@Actor
	public void eventLoop() {
		this.tasks.remove().run();
		this.outbox.aboutToCollect();
		this.outbox.yieldAndCollect();
	}

	/**
	 * Do what the event loop was woken for since.
	 * @param result how often each was flushed
	 */
	@Arbiter
	public void rest(II_Result result) {
		Runnable task = this.tasks.poll();
		while (task != null) {
			task.run();
			task = this.tasks.poll();
		}
		result.r1 = this.first.flushes;
		result.r2 = this.second.flushes;
	}

	private static final class Published implements Flushable {

		private int flushes;

		@Override
		public void flush() {
			this.flushes++;
		}

		@Override
		public long lastActiveNanos() {
			return 0;
		}

	}

}
