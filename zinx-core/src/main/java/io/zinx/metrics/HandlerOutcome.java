package io.zinx.metrics;

/**
 * The outcome of a message that a router has handled.
 */
public enum HandlerOutcome {

	/** Nothing was thrown. */
	SUCCESS("success", 0),

	/** Its handler failed, and an exception handler has handled the exception. */
	HANDLED("handled", 1),

	/** Its handler failed. */
	FAILURE("failure", 2);

	private final String tag;

	private final int place;

	HandlerOutcome(String tag, int place) {
		this.tag = tag;
		this.place = place;
	}

	/**
	 * The name in meters.
	 * @return one word
	 */
	public String tag() {
		return this.tag;
	}

	/**
	 * The place of its fields among those of a message number.
	 */
	int place() {
		return this.place;
	}

}
