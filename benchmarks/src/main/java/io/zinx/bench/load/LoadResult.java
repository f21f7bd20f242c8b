package io.zinx.bench.load;

/**
 * The result of a load.
 *
 * @param messages the number of replies
 * @param seconds the measured time
 * @param cpuSeconds the CPU time of the server in that time
 * @param clientSeconds the CPU time of the client's thread in that time
 * @param p50 the median latency, in microseconds
 * @param p99 the latency that one of a hundred exceeds, in microseconds
 */
public record LoadResult(long messages, double seconds, double cpuSeconds, double clientSeconds, double p50,
		double p99) {

	private static final double MICROS = 1e6;

	private static final int PERCENT = 100;

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

	/**
	 * The part of the time in which the client's thread had a processor. Near 100, the
	 * client limits the throughput.
	 * @return percent
	 */
	public double clientPercent() {
		return this.clientSeconds * PERCENT / this.seconds;
	}

}
