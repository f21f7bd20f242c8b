package io.zinx.boot.handler;

import io.zinx.ZinxException;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.PeerText;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message is not what the handler method takes: it cannot be read, or is
 * invalid. The peer's fault, so it is without a stack trace of its own. What the peer
 * wrote is escaped in its text and that of its cause, and not long, so that both can be
 * logged.
 */
public class PayloadException extends ZinxException {

	private final long msgId;

	private final transient @Nullable Throwable original;

	/**
	 * Refuse the body of a message.
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
	 * The message.
	 * @return its number, 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The reason as it was thrown, for who wants to know more of it than its text. That
	 * may hold anything the peer wrote, and line breaks of the library that threw it: it
	 * is not for logs. {@link #getCause()} is the same exception if its text can be
	 * logged as it is, else one that stands for it.
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
