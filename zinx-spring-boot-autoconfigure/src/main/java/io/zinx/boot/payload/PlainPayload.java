package io.zinx.boot.payload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.message.Body;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * A type whose values become bodies of messages without conversion, in every
 * {@linkplain io.zinx.boot.handler.PayloadFormat format}. This is the only list of such
 * types. Any thread.
 *
 * @param <T> the type
 */
public final class PlainPayload<T> {

	private static final PlainPayload<?>[] ALL = {
			new PlainPayload<>(byte[].class, Unpooled::wrappedBuffer, Connection::send, Request::body),
			new PlainPayload<>(String.class, (text) -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8),
					Connection::send, Request::bodyAsString),
			new PlainPayload<>(ByteBuf.class, (buffer) -> buffer, Connection::send, Request::bodyBuffer),
			new PlainPayload<>(ByteBuffer.class, Unpooled::wrappedBuffer,
					(connection, msgId, buffer) -> connection.send(msgId, Unpooled.wrappedBuffer(buffer)),
					(request) -> ByteBuffer.wrap(request.body())),
			new PlainPayload<>(Body.class, PlainPayload::written, Connection::send, null) };

	private final Class<T> type;

	private final Function<T, ByteBuf> writer;

	private final Sending<T> sending;

	private final @Nullable Function<Request, T> reader;

	private PlainPayload(Class<T> type, Function<T, ByteBuf> writer, Sending<T> sending,
			@Nullable Function<Request, T> reader) {
		this.type = type;
		this.writer = writer;
		this.sending = sending;
		this.reader = reader;
	}

	private static ByteBuf written(Body body) {
		ByteBuf out = Unpooled.buffer(body.bodyLength());
		body.writeBody(out);
		return out;
	}

	/**
	 * Find the type of a value.
	 * @param value the value
	 * @return its type, or {@code null} if a format must write it
	 */
	public static @Nullable PlainPayload<?> of(Object value) {
		for (PlainPayload<?> each : ALL) {
			if (each.type.isInstance(value)) {
				return each;
			}
		}
		return null;
	}

	/**
	 * Tell whether all values of a declared type can be written without a format.
	 * @param declared the declared type
	 * @return whether they can
	 */
	public static boolean isWritten(Class<?> declared) {
		for (PlainPayload<?> each : ALL) {
			if (each.type.isAssignableFrom(declared)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Find the reader of a declared type that needs no format.
	 * @param declared the declared type
	 * @return the reader, or {@code null} if a format must read it
	 */
	public static @Nullable Function<Request, ?> reader(Class<?> declared) {
		for (PlainPayload<?> each : ALL) {
			if (each.type == declared) {
				return each.reader;
			}
		}
		return null;
	}

	/**
	 * Write a value.
	 * @param value a value of this type
	 * @return the body of a message, to be released by the caller; the value itself if it
	 * is a {@code ByteBuf}
	 */
	ByteBuf write(Object value) {
		return this.writer.apply(this.type.cast(value));
	}

	/**
	 * Send a value in the most direct way for its type.
	 * @param connection where to send it
	 * @param msgId the message number, 0 to 4294967295
	 * @param value a value of this type
	 * @return the result
	 */
	public SendResult send(Connection connection, long msgId, Object value) {
		return this.sending.send(connection, msgId, this.type.cast(value));
	}

	/**
	 * One of the ways to send a body.
	 *
	 * @param <T> the type of the body
	 */
	@FunctionalInterface
	private interface Sending<T> {

		SendResult send(Connection connection, long msgId, T body);

	}

}
