package io.zinx.boot.handler;

import io.zinx.ZinxException;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message is not what the handler method takes: it cannot be read, or is
 * invalid. The peer's fault, so it is without a stack trace of its own.
 */
public class PayloadException extends ZinxException {

	private final long msgId;

	/**
	 * Refuse the body of a message.
	 * @param request the message
	 * @param problem the end of a sentence that begins with the body
	 * @param cause the reason, or {@code null} if there is none but the problem
	 */
	public PayloadException(Request request, String problem, @Nullable Throwable cause) {
		super("Body of message " + request.msgId() + " (" + request.bodyLength() + " bytes) from connection "
				+ request.connection().connId() + " " + problem, cause);
		this.msgId = request.msgId();
	}

	/**
	 * The message.
	 * @return its number, 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
