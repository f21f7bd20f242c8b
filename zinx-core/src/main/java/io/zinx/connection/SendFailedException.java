package io.zinx.connection;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a message of {@link Connection#sendAsync} was not written, or a reply can
 * never be sent. Has no stack trace, because there may be many of them.
 */
public class SendFailedException extends ZinxException {

	private final SendResult result;

	private final @Nullable CloseReason closeReason;

	SendFailedException(Connection connection, SendResult result, @Nullable Throwable cause) {
		super(message(connection, result), cause);
		this.result = result;
		this.closeReason = connection.closeReason();
	}

	/**
	 * Create an exception for a connection that does not exist or has ended.
	 * @param connId its number
	 */
	public SendFailedException(long connId) {
		super("Not sent to connection " + connId + ": there is no open connection of that number");
		this.result = SendResult.CLOSED;
		this.closeReason = null;
	}

	private SendFailedException(String message, Connection connection) {
		super(message);
		this.result = SendResult.UNSENDABLE;
		this.closeReason = connection.closeReason();
	}

	/**
	 * Throw if a message can never be sent.
	 * @param connection the recipient
	 * @param msgId its message number
	 * @param result the result of the send
	 * @return the result
	 * @throws SendFailedException if the result is {@link SendResult#UNSENDABLE}
	 */
	public static SendResult requireSendable(Connection connection, long msgId, SendResult result) {
		if (result == SendResult.UNSENDABLE) {
			throw new SendFailedException(
					"Message " + msgId + " cannot be sent to " + connection
							+ ": it is longer than zinx.outbound.max-bytes, or the codec cannot express it",
					connection);
		}
		return result;
	}

	private static String message(Connection connection, SendResult result) {
		CloseReason reason = connection.closeReason();
		return "Not sent to " + connection + ": " + switch (result) {
			case ACCEPTED -> "it was accepted, but the connection ended before it was written";
			case CLOSED -> "the connection is closed";
			case OVERFLOW -> "the connection is congested and its queue bound is reached (zinx.outbound.max-bytes)";
			case UNSENDABLE -> "it is longer than zinx.outbound.max-bytes, or the codec cannot express it";
		} + ((reason != null) ? " (" + reason + ")" : "");
	}

	/**
	 * The result of the send.
	 * @return {@link SendResult#ACCEPTED} if the connection ended before the message was
	 * written, otherwise the reason why it was not accepted
	 */
	public SendResult result() {
		return this.result;
	}

	/**
	 * The reason for which the connection has ended.
	 * @return the reason, or {@code null} if it has not
	 */
	public @Nullable CloseReason closeReason() {
		return this.closeReason;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
