package io.zinx.routing;

import io.zinx.ZinxException;
import io.zinx.message.Message;

/**
 * Thrown when a router is registered for a number that is no message number, or outside
 * of its group.
 */
public final class InvalidRouteException extends ZinxException {

	private final long msgId;

	private final String router;

	private final long from;

	private final long to;

	InvalidRouteException(long msgId, String router) {
		this(msgId, router, 0, Message.MAX_MSG_ID);
	}

	InvalidRouteException(long msgId, String router, long from, long to) {
		super("Router " + router + " is registered for message " + msgId + " (expected: " + from + " to " + to + ")");
		this.msgId = msgId;
		this.router = router;
		this.from = from;
		this.to = to;
	}

	/**
	 * The number that was given.
	 * @return a number out of range
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The router.
	 * @return its name
	 */
	public String router() {
		return this.router;
	}

	/**
	 * The first number that was allowed.
	 * @return 0 to 4294967295
	 */
	public long from() {
		return this.from;
	}

	/**
	 * The last number that was allowed.
	 * @return 0 to 4294967295
	 */
	public long to() {
		return this.to;
	}

}
