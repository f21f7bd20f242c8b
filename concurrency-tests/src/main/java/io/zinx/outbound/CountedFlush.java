package io.zinx.outbound;

/**
 * A connection that counts how often it is flushed.
 */
final class CountedFlush implements Flushable {

	private int count;

	int count() {
		return this.count;
	}

	@Override
	public void flush() {
		this.count++;
	}

	@Override
	public long lastActiveNanos() {
		return 0;
	}

}
