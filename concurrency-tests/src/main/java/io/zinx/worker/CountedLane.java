package io.zinx.worker;

import io.netty.channel.DefaultEventLoop;
import io.zinx.outbound.LoopOutbox;
import org.jspecify.annotations.Nullable;

/**
 * A lane that counts its runs without synchronization, which is up to its runner.
 */
final class CountedLane implements LaneJob {

	/** It counts as woken, so nobody gives its event loop anything. */
	private static final LoopOutbox OUTBOX = new LoopOutbox(new DefaultEventLoop());

	static {
		OUTBOX.aboutToCollect();
	}

	private final int[] count;

	private final @Nullable WorkQueue loop;

	CountedLane(int[] count) {
		this(count, null);
	}

	/**
	 * Create a lane.
	 * @param count where it counts
	 * @param loop where its worker waits for the thread of an event loop
	 */
	CountedLane(int[] count, @Nullable WorkQueue loop) {
		this.count = count;
		this.loop = loop;
	}

	@Override
	public void run() {
		this.count[0]++;
	}

	@Override
	public void flush() {
		// There is nothing to write.
	}

	@Override
	public LoopOutbox outbox() {
		return OUTBOX;
	}

	@Override
	public @Nullable WorkQueue loopQueue() {
		return this.loop;
	}

}
