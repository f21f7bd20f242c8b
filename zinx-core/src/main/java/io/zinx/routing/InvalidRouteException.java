package io.zinx.routing;

import io.zinx.ZinxException;
import io.zinx.message.Message;

/**
 * A router was given for something that is no message number.
 */
public final class InvalidRouteException extends ZinxException {

	private final long msgId;

	private final String router;

	InvalidRouteException(long msgId, String router) {
		super("Router " + router + " asks for message " + msgId + " (expected: 0 to " + Message.MAX_MSG_ID + ")");
		this.msgId = msgId;
		this.router = router;
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

}
