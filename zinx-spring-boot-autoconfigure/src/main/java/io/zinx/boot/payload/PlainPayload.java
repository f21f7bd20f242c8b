package io.zinx.boot.payload;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
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
			new PlainPayload<>(byte[].class, (bytes, charset) -> Unpooled.wrappedBuffer(bytes),
					(connection, msgId, bytes, charset) -> connection.send(msgId, bytes), (charset) -> Request::body),
			new PlainPayload<>(String.class, (text, charset) -> Unpooled.wrappedBuffer(charset.write(text)),
					(connection, msgId, text, charset) -> charset.send(connection, msgId, text),
					(charset) -> charset::read),
			new PlainPayload<>(ByteBuf.class, (buffer, charset) -> buffer,
					(connection, msgId, buffer, charset) -> connection.send(msgId, buffer),
					(charset) -> Request::bodyBuffer),
			new PlainPayload<>(ByteBuffer.class, (buffer, charset) -> Unpooled.wrappedBuffer(buffer),
					(connection, msgId, buffer, charset) -> connection.send(msgId, Unpooled.wrappedBuffer(buffer)),
					(charset) -> (request) -> ByteBuffer.wrap(request.body())),
			new PlainPayload<>(Body.class, (body, charset) -> written(body),
					(connection, msgId, body, charset) -> connection.send(msgId, body), null) };

	private final Class<T> type;

	private final BiFunction<T, TextCharset, ByteBuf> writer;

	private final Sending<T> sending;

	private final @Nullable Function<TextCharset, Function<Request, T>> reader;

	private PlainPayload(Class<T> type, BiFunction<T, TextCharset, ByteBuf> writer, Sending<T> sending,
			@Nullable Function<TextCharset, Function<Request, T>> reader) {
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
	 * @param charset the charset of text
	 * @return the reader, or {@code null} if a format must read it
	 */
	public static @Nullable Function<Request, ?> reader(Class<?> declared, TextCharset charset) {
		for (PlainPayload<?> each : ALL) {
			if (each.type == declared) {
				return (each.reader != null) ? each.reader.apply(charset) : null;
			}
		}
		return null;
	}

	/**
	 * Write a value.
	 * @param value a value of this type
	 * @param charset the charset of text
	 * @return the body of a message, to be released by the caller; the value itself if it
	 * is a {@code ByteBuf}
	 * @throws IllegalArgumentException if it is text that the charset does not have
	 */
	ByteBuf write(Object value, TextCharset charset) {
		return this.writer.apply(this.type.cast(value), charset);
	}

	/**
	 * Send a value in the most direct way for its type.
	 * @param connection where to send it
	 * @param msgId the message number, 0 to 4294967295
	 * @param value a value of this type
	 * @param charset the charset of text
	 * @return the result
	 * @throws IllegalArgumentException if it is text that the charset does not have
	 */
	public SendResult send(Connection connection, long msgId, Object value, TextCharset charset) {
		return this.sending.send(connection, msgId, this.type.cast(value), charset);
	}

	/**
	 * One of the ways to send a body.
	 *
	 * @param <T> the type of the body
	 */
	@FunctionalInterface
	private interface Sending<T> {

		SendResult send(Connection connection, long msgId, T body, TextCharset charset);

	}

}
