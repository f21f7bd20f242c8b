package io.zinx.outbound;

/**
 * The policy for a message to a connection whose outbound queue bound
 * ({@code zinx.outbound.max-bytes} or {@code total-max-bytes}) is reached.
 */
public enum SlowConsumerPolicy {

	/** The connection is closed with reason {@code slow-consumer}. The default. */
	CLOSE("close"),

	/**
	 * The message is dropped, which the result of the send says; the connection stays
	 * open.
	 */
	DROP("drop"),

	/**
	 * The sending thread waits until enough bytes were written; after the block timeout
	 * the connection is closed with reason {@code slow-consumer}. Where a wait is not
	 * possible, the message is dropped instead: on an event loop, for an asynchronous
	 * send and for a broadcast.
	 */
	BLOCK("block");

	private final String tag;

	SlowConsumerPolicy(String tag) {
		this.tag = tag;
	}

	/**
	 * The policy's name in settings.
	 * @return a lower case word
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
