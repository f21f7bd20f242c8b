package io.zinx.worker;

import java.util.BitSet;
import java.util.List;

import io.netty.channel.EventLoop;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.outbound.LoopOutbox;
import org.slf4j.LoggerFactory;

/**
 * The end of an event loop's turn. While the loop works through its ready channels it
 * only queues lanes; here it wakes each runner once. Event loop only.
 */
public final class LoopTurn implements Runnable {

	private final EventLoop loop;

	private final LoopOutbox outbox;

	private final List<LaneRunner> runners;

	private final BitSet touched = new BitSet();

	/**
	 * Create the turn of an event loop.
	 * @param loop the event loop
	 * @param outbox its outbox
	 * @param runners all that it may give lanes to, each at the place of its index
	 */
	public LoopTurn(EventLoop loop, LoopOutbox outbox, List<LaneRunner> runners) {
		this.loop = loop;
		this.outbox = outbox;
		this.runners = List.copyOf(runners);
	}

	/**
	 * A runner was given a lane.
	 * @param runner the runner, one of those this was made with
	 */
	public void touched(LaneRunner runner) {
		if (this.touched.isEmpty()) {
			this.loop.execute(this);
		}
		this.touched.set(runner.index());
	}

	/**
	 * The end of the turn.
	 */
	@Override
	public void run() {
		this.outbox.aboutToCollect();
		for (int i = this.touched.nextSetBit(0); i >= 0; i = this.touched.nextSetBit(i + 1)) {
			wake(this.runners.get(i));
		}
		this.touched.clear();
		if (this.loop instanceof MovableEventLoop) {
			// What is at work elsewhere is slow, and the rest is run by this thread.
			this.outbox.collectNow();
			return;
		}
		this.outbox.yieldAndCollect();
	}

	/**
	 * One that cannot be woken keeps neither the others asleep nor the outbox from
	 * collecting.
	 */
	private static void wake(LaneRunner runner) {
		try {
			runner.wake();
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(
					() -> LoggerFactory.getLogger(LoopTurn.class).error("A runner of lanes cannot be woken", ex));
		}
	}

}
