package io.zinx.worker;

import io.netty.channel.DefaultEventLoop;
import io.zinx.outbound.LoopOutbox;

/**
 * A lane that counts that it was run, without any care for threads: that is its runner's.
 */
final class CountedLane implements LaneJob {

	/** It counts as woken, so nobody gives its event loop anything. */
	private static final LoopOutbox OUTBOX = new LoopOutbox(new DefaultEventLoop());

	static {
		OUTBOX.aboutToCollect();
	}

	private final int[] count;

	CountedLane(int[] count) {
		this.count = count;
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

}
