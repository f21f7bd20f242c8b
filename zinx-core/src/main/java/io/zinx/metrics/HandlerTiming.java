package io.zinx.metrics;

import java.util.Locale;

/**
 * The choice of messages whose handling time is measured. All messages are counted.
 */
public enum HandlerTiming {

	/** No message. */
	OFF(-1),

	/** One message in 64, which costs next to nothing and gives a fair mean. */
	SAMPLED(63),

	/** Every message, with two reads of the clock for each. */
	ALL(0);

	private final long mask;

	HandlerTiming(long mask) {
		this.mask = mask;
	}

	/**
	 * Return whether a message, or batch of messages, is measured.
	 * @param before the number of earlier ones, 0 or more
	 * @return whether to read the clock
	 */
	public boolean measures(long before) {
		return this.mask >= 0 && (before & this.mask) == 0;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
