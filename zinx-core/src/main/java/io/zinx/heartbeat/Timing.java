package io.zinx.heartbeat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The durations of heartbeats and timeouts in nanoseconds, 0 for those that are off.
 *
 * @param interval the time from one sent heartbeat to the next
 * @param timeout the time after which a silent peer counts as dead
 * @param read the longest time without receiving
 * @param write the longest time without writing
 * @param all the longest time without either
 * @param firstMessage the time limit of the first message
 * @param frame the time limit of a frame
 * @param jitter the largest part of the interval that is taken away at random
 */
record Timing(long interval, long timeout, long read, long write, long all, long firstMessage, long frame,
		double jitter) {

	private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * The least number of ticks in the shortest duration, unless the shortest tick is
	 * longer.
	 */
	private static final int TICKS = 16;

	/** The number of checks of the written bytes during the shortest duration. */
	private static final int LOOKS = 4;

	static Timing of(HeartbeatSettings heartbeat, IdleSettings idle, ReceiveTimeouts receive) {
		boolean on = heartbeat.mode() != HeartbeatMode.OFF;
		boolean beats = heartbeat.mode() == HeartbeatMode.SEND;
		return new Timing(beats ? heartbeat.interval().toNanos() : 0, on ? heartbeat.timeout().toNanos() : 0,
				idle.readTimeout().toNanos(), idle.writeTimeout().toNanos(), idle.allTimeout().toNanos(),
				receive.firstMessage().toNanos(), receive.frame().toNanos(), heartbeat.jitter());
	}

	boolean isOff() {
		return shortest() == Long.MAX_VALUE;
	}

	private long shortest() {
		return shortestOf(this.interval, this.timeout, this.read, this.write, this.all, this.firstMessage, this.frame);
	}

	private static long shortestOf(long... durations) {
		return LongStream.of(durations).filter((duration) -> duration > 0).min().orElse(Long.MAX_VALUE);
	}

	long tick() {
		return Math.min(LONGEST_TICK, Math.max(SHORTEST_TICK, shortest() / TICKS));
	}

	/**
	 * The time until the next check of the written bytes.
	 * @return {@link Long#MAX_VALUE} if nothing depends on it
	 */
	long look() {
		long shortest = shortestOf(this.timeout, this.read, this.write, this.all);
		return (shortest == Long.MAX_VALUE) ? shortest : shortest / LOOKS;
	}

	boolean watchesOutput() {
		return this.write > 0 || this.all > 0;
	}

	/**
	 * The next interval, shortened at random, so that connections that were opened
	 * together do not stay in step.
	 */
	long nextInterval() {
		return (long) (this.interval * (1 - this.jitter * ThreadLocalRandom.current().nextDouble()));
	}

}
