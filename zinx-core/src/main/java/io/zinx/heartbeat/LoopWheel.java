package io.zinx.heartbeat;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;

/**
 * The timer of one event loop's connections. It ticks only while there are any. Event
 * loop only.
 */
final class LoopWheel implements Runnable {

	private final EventLoop loop;

	private final LongSupplier nanoTime;

	private final TimerWheel wheel;

	private boolean ticking;

	LoopWheel(EventLoop loop, long tickNanos, LongSupplier nanoTime) {
		this.loop = loop;
		this.nanoTime = nanoTime;
		this.wheel = new TimerWheel(tickNanos, nanoTime.getAsLong());
	}

	int size() {
		return this.wheel.size();
	}

	void arm(TimerWheel.Entry entry, long deadline, long now) {
		this.wheel.arm(entry, deadline, now);
		if (!this.ticking) {
			awaitTick(now);
		}
	}

	void remove(TimerWheel.Entry entry) {
		this.wheel.remove(entry);
	}

	private void awaitTick(long now) {
		this.ticking = true;
		this.loop.schedule(this, this.wheel.untilNextTick(now), TimeUnit.NANOSECONDS);
	}

	/**
	 * Tick. While entries are called, the next tick is not yet asked for.
	 */
	@Override
	public void run() {
		this.wheel.advance(this.nanoTime.getAsLong());
		this.ticking = false;
		if (this.wheel.size() > 0) {
			awaitTick(this.nanoTime.getAsLong());
		}
	}

}
