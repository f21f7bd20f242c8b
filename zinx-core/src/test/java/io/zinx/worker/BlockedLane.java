package io.zinx.worker;

import java.util.concurrent.CountDownLatch;

import io.zinx.outbound.LoopOutbox;
import org.jspecify.annotations.Nullable;

/**
 * A lane that is at work until it is let go.
 */
final class BlockedLane implements LaneJob {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final TestLane outside = new TestLane(() -> {
	});

	private final boolean stubborn;

	private volatile @Nullable Thread thread;

	private volatile boolean interrupted;

	private volatile boolean ended;

	BlockedLane() {
		this(false);
	}

	private BlockedLane(boolean stubborn) {
		this.stubborn = stubborn;
	}

	/**
	 * A lane that an interrupt does not end.
	 */
	static BlockedLane stubborn() {
		return new BlockedLane(true);
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		this.begun.countDown();
		boolean blocked = true;
		while (blocked) {
			try {
				this.released.await();
				blocked = false;
			}
			catch (InterruptedException ex) {
				this.interrupted = true;
				blocked = this.stubborn;
			}
		}
		this.ended = true;
	}

	@Override
	public void flush() {
		this.outside.flush();
	}

	@Override
	public LoopOutbox outbox() {
		return this.outside.outbox();
	}

	void awaitBegin() throws InterruptedException {
		Patience.await(this.begun);
	}

	boolean hasBegun() {
		return this.begun.getCount() == 0;
	}

	/**
	 * The thread that runs it.
	 */
	Thread thread() throws InterruptedException {
		awaitBegin();
		Thread seen = this.thread;
		if (seen == null) {
			throw new IllegalStateException("It begins by saying where");
		}
		return seen;
	}

	void release() {
		this.released.countDown();
	}

	boolean hasEnded() {
		return this.ended;
	}

	boolean wasInterrupted() {
		return this.interrupted;
	}

}
