package io.zinx.bench.load;

/**
 * What came of a load.
 *
 * @param messages how many replies came
 * @param seconds in how much time
 * @param cpuSeconds how much CPU time the server took
 * @param p50 the median latency, in microseconds
 * @param p99 the latency that one of a hundred exceeds, in microseconds
 */
public record LoadResult(long messages, double seconds, double cpuSeconds, double p50, double p99) {

	private static final double MICROS = 1e6;

	/**
	 * Replies a second.
	 * @return 0 or more
	 */
	public double rate() {
		return this.messages / this.seconds;
	}

	/**
	 * The server's CPU time for each message.
	 * @return microseconds; not a number if there were no messages
	 */
	public double cpuMicros() {
		return this.cpuSeconds * MICROS / this.messages;
	}

}
