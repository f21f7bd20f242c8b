package io.zinx.routing;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One message that was received, and the connection it came from. Made anew for each
 * message and never used again, so it may be kept.
 * <p>
 * Its body lies in the buffer that was read from the socket. It can be read while the
 * router handles the request, on that thread; who needs it later takes a copy with
 * {@link #body()} first.
 */
public final class Request {

	private final Connection connection;

	private final int msgId;

	private final int bodyIndex;

	private final int bodyLength;

	private @Nullable ByteBuf buffer;

	Request(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.connection = connection;
		this.msgId = (int) msgId;
		this.buffer = buffer;
		this.bodyIndex = bodyIndex;
		this.bodyLength = bodyLength;
	}

	/**
	 * Make a request by hand, to test a router with. Its body can be read at any time.
	 * @param connection who sends
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, not copied
	 * @return the request
	 */
	public static Request of(Connection connection, long msgId, byte[] body) {
		Objects.requireNonNull(connection, "connection");
		return new Request(connection, Message.requireMsgId(msgId), Unpooled.wrappedBuffer(body), 0, body.length);
	}

	/**
	 * Who sent the message.
	 * @return the connection
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return Integer.toUnsignedLong(this.msgId);
	}

	/**
	 * The length of the body.
	 * @return bytes, 0 or more
	 */
	public int bodyLength() {
		return this.bodyLength;
	}

	/**
	 * The body.
	 * @return a new array at each call
	 * @throws IllegalStateException if the request was handled already
	 */
	public byte[] body() {
		byte[] body = new byte[this.bodyLength];
		buffer().getBytes(this.bodyIndex, body);
		return body;
	}

	/**
	 * The body as text in UTF-8.
	 * @return the text; what is not UTF-8 becomes U+FFFD
	 * @throws IllegalStateException if the request was handled already
	 */
	public String bodyAsString() {
		return buffer().toString(this.bodyIndex, this.bodyLength, StandardCharsets.UTF_8);
	}

	/**
	 * The body without a copy: a read-only view that ends with the handling of this
	 * request. Releasing or retaining it has no effect; who keeps it longer copies it.
	 * @return a view of the buffer that was read from the socket
	 * @throws IllegalStateException if the request was handled already
	 */
	public ByteBuf bodyBuffer() {
		return Unpooled.unreleasableBuffer(buffer().slice(this.bodyIndex, this.bodyLength).asReadOnly());
	}

	/**
	 * Send a message back, as {@link Connection#send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body
	 * @return what became of it
	 */
	public SendResult reply(long msgId, byte[] body) {
		return this.connection.send(msgId, body);
	}

	/**
	 * Send a text back in UTF-8, as {@link Connection#send(long, String)}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return what became of it
	 */
	public SendResult reply(long msgId, String text) {
		return this.connection.send(msgId, text);
	}

	private ByteBuf buffer() {
		ByteBuf buffer = this.buffer;
		if (buffer == null) {
			throw new IllegalStateException(
					this + " was handled, its body is gone: call body() inside the router and keep the array");
		}
		return buffer;
	}

	/**
	 * Part from the buffer: whoever handled the request gives it back now.
	 */
	void handled() {
		this.buffer = null;
	}

	@Override
	public String toString() {
		return "Request of message " + msgId() + " (" + this.bodyLength + " bytes) from connection "
				+ this.connection.connId();
	}

}
