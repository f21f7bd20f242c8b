package io.zinx.boot.handler.invoke;

import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.payload.PlainPayload;
import io.zinx.boot.payload.TextCharset;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends the results of a method. Any thread.
 *
 * @param msgId its message number, or {@link #SAME}
 * @param writer writes values that are not {@link PlainPayload}
 * @param charset the charset of text
 * @param delivery sends to others
 */
record Reply(long msgId, PayloadConverter.Writer writer, TextCharset charset, Outgoing.Delivery delivery) {

	/** The number is that of the message it answers. */
	static final long SAME = ZinxExceptionHandler.NONE;

	/**
	 * The number to answer a message with.
	 * @param msgId the number if this reply has none
	 * @return 0 to 4294967295
	 */
	long msgIdOr(long msgId) {
		return (this.msgId == SAME) ? msgId : this.msgId;
	}

	/**
	 * Send a result.
	 * @param request what it answers
	 * @param msgId the number to send it with
	 * @param result the result; nothing is sent if it is {@code null} or empty
	 * @throws SendFailedException if it can never be sent
	 * @throws Exception if it cannot be written
	 */
	void send(Request request, long msgId, @Nullable Object result) throws Exception {
		if (result == null) {
			return;
		}
		PlainPayload<?> plain = PlainPayload.of(result);
		if (plain != null) {
			SendResult sent = plain.send(request.connection(), msgId, result, this.charset);
			SendFailedException.requireSendable(request.connection(), msgId, sent);
		}
		else if (result instanceof Message message) {
			request.reply(message.msgId(), message.body());
		}
		else if (result instanceof Outgoing outgoing) {
			outgoing.send(request, msgId, this.delivery);
		}
		else if (Optionals.isOptional(result)) {
			send(request, msgId, Optionals.unwrap(result));
		}
		else {
			request.reply(msgId, this.writer.write(result));
		}
	}

}
