package io.zinx.heartbeat;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * The timer for the connections of one event loop. It ticks only while there are
 * connections. Event loop only.
 */
final class LoopWheel implements Runnable {

	private final EventLoop loop;

	private final Heartbeats heartbeats;

	private final TimerWheel wheel;

	private boolean ticking;

	LoopWheel(EventLoop loop, Heartbeats heartbeats) {
		this.loop = loop;
		this.heartbeats = heartbeats;
		this.wheel = new TimerWheel(heartbeats.timing().tick(), heartbeats.now());
	}

	/**
	 * The timeouts of the server.
	 */
	Heartbeats heartbeats() {
		return this.heartbeats;
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
	 * Tick. The next tick is scheduled after the entries were called.
	 */
	@Override
	public void run() {
		this.wheel.advance(this.heartbeats.now());
		this.ticking = false;
		if (this.wheel.size() > 0) {
			awaitTick(this.heartbeats.now());
		}
	}

}
