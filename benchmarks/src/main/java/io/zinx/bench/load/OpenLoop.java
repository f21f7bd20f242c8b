package io.zinx.bench.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A load at a fixed rate, which sleeps until requests are due: on a machine that server
 * and load share, a client that spins takes a processor away. A sleep may last some 50 us
 * too long, so latency counts from when a request is made, not from when it was due.
 */
final class OpenLoop implements Pace {

	private static final double NANOS_PER_SECOND = 1e9;

	private final Thread clock = new Thread(this::tick, "clock");

	private final Selector selector;

	private final Replies replies;

	private final double interval;

	/** Those that have requests. */
	private final List<Peer> open = new ArrayList<>();

	private volatile boolean over;

	private long start;

	private long made;

	/**
	 * Prepare requests.
	 * @param rate how many a second
	 * @param selector is woken when one is due
	 * @param replies counts what comes back
	 */
	OpenLoop(int rate, Selector selector, Replies replies) {
		this.selector = selector;
		this.replies = replies;
		this.interval = NANOS_PER_SECOND / rate;
		this.clock.setDaemon(true);
	}

	@Override
	public void opened(Peer peer) {
		this.open.add(peer);
		if (this.clock.getState() == Thread.State.NEW) {
			this.start = System.nanoTime();
			this.clock.start();
		}
	}

	/**
	 * Wake the one who makes the requests, whenever another one is due.
	 */
	private void tick() {
		while (!this.over) {
			long passed = System.nanoTime() - this.start;
			long next = (long) (passed / this.interval) + 1;
			LockSupport.parkNanos((long) (next * this.interval) - passed);
			this.selector.wakeup();
		}
	}

	@Override
	public void end() {
		this.over = true;
		LockSupport.unpark(this.clock);
	}

	@Override
	public void replied(Peer peer, int count, long now) {
		this.replies.count(peer, count, now);
	}

	@Override
	public long due() throws IOException {
		long now = System.nanoTime();
		while (next() <= now - this.start) {
			Peer peer = this.open.get((int) (this.made % this.open.size()));
			if (!peer.request(1, now)) {
				throw new IllegalStateException("The server does not keep up with the rate");
			}
			peer.flush();
			this.made++;
		}
		return Pace.super.due();
	}

	private long next() {
		return (long) (this.made * this.interval);
	}

	/**
	 * Counts replies.
	 */
	@FunctionalInterface
	interface Replies {

		/**
		 * Count the replies to the oldest requests in flight.
		 * @param peer on which connection
		 * @param count how many
		 * @param now when they came
		 */
		void count(Peer peer, int count, long now);

	}

}
