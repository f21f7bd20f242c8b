package io.zinx.outbound;

/**
 * What happens to a message that would have to wait although as much waits already as may
 * wait.
 */
public enum SlowConsumerPolicy {

	/** The connection is closed with reason {@code slow-consumer}. The default. */
	CLOSE("close"),

	/** The message is not sent, and the send says so; the connection stays. */
	DROP("drop"),

	/**
	 * The sending thread waits until there is room; when there is none within the block
	 * timeout, the connection is closed with reason {@code slow-consumer}. Who cannot
	 * wait drops the message instead: an event loop, an asynchronous send, a broadcast.
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
