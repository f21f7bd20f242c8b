package io.zinx.routing;

import io.zinx.ZinxException;

/**
 * Thrown when two routers are registered for one message number.
 */
public final class DuplicateRouteException extends ZinxException {

	private final long msgId;

	private final String first;

	private final String second;

	DuplicateRouteException(long msgId, String first, String second) {
		super("Message " + msgId + " has two routers: " + first + " and " + second);
		this.msgId = msgId;
		this.first = first;
		this.second = second;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The router that was registered first.
	 * @return its name
	 */
	public String first() {
		return this.first;
	}

	/**
	 * The router that was not registered.
	 * @return its name
	 */
	public String second() {
		return this.second;
	}

}
