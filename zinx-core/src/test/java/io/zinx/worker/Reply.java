package io.zinx.worker;

import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.outbound.Flushable;

/**
 * A connection that has something to write.
 */
final class Reply implements Flushable {

	private final AtomicInteger flushes = new AtomicInteger();

	private final Runnable written;

	Reply() {
		this(() -> {
		});
	}

	Reply(Runnable written) {
		this.written = written;
	}

	@Override
	public void flush() {
		this.flushes.incrementAndGet();
		this.written.run();
	}

	@Override
	public long lastActiveNanos() {
		return 0;
	}

	boolean isWritten() {
		return this.flushes.get() > 0;
	}

}
