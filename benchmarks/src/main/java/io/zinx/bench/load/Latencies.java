package io.zinx.bench.load;

import java.util.Arrays;

/**
 * Latencies in buckets of at most 1.6 percent. One thread.
 */
public final class Latencies {

	private static final int SUB_BITS = 6;

	private static final int SUB_BUCKETS = 1 << SUB_BITS;

	private static final double NANOS_PER_MICRO = 1000;

	private final long[] buckets = new long[SUB_BUCKETS * (Long.SIZE - SUB_BITS + 1)];

	private long count;

	/**
	 * Record a latency.
	 * @param nanos the latency in nanoseconds; less than 0 counts as 0
	 * @param times how often
	 */
	public void record(long nanos, long times) {
		this.buckets[bucket(Math.max(0, nanos))] += times;
		this.count += times;
	}

	private static int bucket(long value) {
		if (value < SUB_BUCKETS) {
			return (int) value;
		}
		int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
		int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1);
		return (exponent - SUB_BITS + 1) * SUB_BUCKETS + sub;
	}

	private static long lowest(int bucket) {
		if (bucket < SUB_BUCKETS) {
			return bucket;
		}
		int shift = bucket / SUB_BUCKETS - 1;
		return (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
	}

	/**
	 * The latency that a part of all do not exceed.
	 * @param part 0 to 1
	 * @return microseconds, 0 if there are none
	 */
	public double micros(double part) {
		long wanted = (long) (part * this.count);
		long seen = 0;
		for (int i = 0; i < this.buckets.length; i++) {
			seen += this.buckets[i];
			if (seen > wanted) {
				return lowest(i) / NANOS_PER_MICRO;
			}
		}
		return 0;
	}

	/**
	 * Forget all.
	 */
	public void clear() {
		Arrays.fill(this.buckets, 0);
		this.count = 0;
	}

}
