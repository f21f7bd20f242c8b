package io.zinx.heartbeat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The durations of heartbeat and idle settings in nanoseconds, 0 for what is off.
 *
 * @param interval from one heartbeat that is sent to the next
 * @param timeout how long a living peer may be silent
 * @param read how long nothing may be received
 * @param write how long nothing may be written
 * @param all how long neither may happen
 * @param firstMessage how long the first message may take
 * @param frame how long a frame may take that was begun
 * @param jitter which part of the interval chance may take away
 */
record Timing(long interval, long timeout, long read, long write, long all, long firstMessage, long frame,
		double jitter) {

	private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(100);

	/**
	 * How many ticks the shortest duration has at least, as far as ticks can be short.
	 */
	private static final int TICKS = 16;

	/** How often what is written is looked at during the shortest duration. */
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
	 * How long to wait until what is written is looked at again.
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
	 * An interval, a random part shorter, so that connections which were opened together
	 * do not stay together.
	 */
	long nextInterval() {
		return (long) (this.interval * (1 - this.jitter * ThreadLocalRandom.current().nextDouble()));
	}

}
