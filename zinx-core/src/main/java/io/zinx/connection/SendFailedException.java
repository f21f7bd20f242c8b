package io.zinx.connection;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * A message that was sent with {@link Connection#sendAsync} was not written, or a reply
 * can never be sent. Has no stack trace, because there may be many of them.
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
	 * There is no such connection, or no more.
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
	 * Tell who has made a message that it can never be sent.
	 * @param connection to whom
	 * @param msgId its message number
	 * @param result what became of it
	 * @return the result
	 * @throws SendFailedException if that is {@link SendResult#UNSENDABLE}
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
	 * How far it came.
	 * @return {@link SendResult#ACCEPTED} if the connection ended before it was written,
	 * else why it was refused
	 */
	public SendResult result() {
		return this.result;
	}

	/**
	 * Why the connection has ended.
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
