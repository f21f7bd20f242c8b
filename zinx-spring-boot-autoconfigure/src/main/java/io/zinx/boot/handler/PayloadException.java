package io.zinx.boot.handler;

import io.zinx.ZinxException;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.PeerText;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the body of a message is not a payload that the handler method accepts: it
 * cannot be read, or is invalid. It has no stack trace, because the peer is at fault.
 * Text of the peer is escaped and shortened in its message and that of its cause, so that
 * both can be logged.
 */
public class PayloadException extends ZinxException {

	private final long msgId;

	private final transient @Nullable Throwable original;

	/**
	 * Create an exception for the body of a message.
	 * @param request the message
	 * @param problem the end of a sentence that begins with the body
	 * @param cause the reason, or {@code null} if there is none but the problem
	 */
	public PayloadException(Request request, String problem, @Nullable Throwable cause) {
		super("Body of message " + request.msgId() + " (" + request.bodyLength() + " bytes) from connection "
				+ request.connection().connId() + " " + PeerText.escape(problem),
				(cause != null) ? EscapedException.withoutTrace(cause) : null);
		this.msgId = request.msgId();
		this.original = cause;
	}

	/**
	 * The number of the message.
	 * @return the number, 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The original cause, which may tell more than its text. That text may contain
	 * anything that the peer wrote, and line breaks: do not log it. {@link #getCause()}
	 * is the same exception if its text can be logged safely, otherwise a substitute.
	 * @return the reason, or {@code null} if there is none but the problem
	 */
	public @Nullable Throwable original() {
		return this.original;
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
