package io.zinx.boot.handler;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a method returns. Any thread.
 *
 * @param msgId its message number, or {@link #SAME}
 * @param writer writes what is neither bytes nor text
 * @param others sends to others
 */
record Reply(long msgId, PayloadConverter.Writer writer, Outgoing.Sender others) {

	/** The number is that of the message it answers. */
	static final long SAME = Long.MIN_VALUE;

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
	 * @throws Exception if it cannot be written
	 */
	void send(Request request, long msgId, @Nullable Object result) throws Exception {
		Connection connection = request.connection();
		if (result instanceof byte[] bytes) {
			connection.send(msgId, bytes);
		}
		else if (result instanceof String text) {
			connection.send(msgId, text);
		}
		else if (result instanceof ByteBuf buffer) {
			connection.send(msgId, buffer);
		}
		else if (result instanceof ByteBuffer buffer) {
			connection.send(msgId, Unpooled.wrappedBuffer(buffer));
		}
		else if (result instanceof Body body) {
			connection.send(msgId, body);
		}
		else if (result instanceof Message message) {
			connection.send(message.msgId(), message.body());
		}
		else if (result instanceof Outgoing outgoing) {
			outgoing.send(request, msgId, this.others);
		}
		else if (result instanceof Optional<?> optional) {
			send(request, msgId, optional.orElse(null));
		}
		else if (result != null) {
			connection.send(msgId, this.writer.write(result));
		}
	}

}
