package io.zinx.metrics;

import java.util.Locale;

/**
 * For which messages it is measured how long their handler takes. They are all counted.
 */
public enum HandlerTiming {

	/** For none. */
	OFF(-1),

	/** For one message in 64, which costs next to nothing and gives a fair mean. */
	SAMPLED(63),

	/** For each: two reads of the clock a message. */
	ALL(0);

	private final long mask;

	HandlerTiming(long mask) {
		this.mask = mask;
	}

	/**
	 * Whether the message, or batch of messages, that comes after so many others is
	 * measured.
	 * @param before how many came before, 0 or more
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
