package io.zinx.boot.handler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;

import io.netty.buffer.Unpooled;
import io.zinx.message.Body;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Writes values whose types are not known before, as results of handler methods are
 * written. How a class is written is found out once. Any thread.
 */
public final class PayloadWriter {

	private final PayloadFormat format;

	private final Supplier<? extends @Nullable PayloadConverter> converter;

	private final Map<Class<?>, PayloadConverter.Writer> writers = new ConcurrentHashMap<>();

	/**
	 * Write one format.
	 * @param format the format, for messages of exceptions
	 * @param converter asked for the converter when the first value is neither text nor
	 * bytes; gives {@code null} if there is none
	 */
	PayloadWriter(PayloadFormat format, Supplier<? extends @Nullable PayloadConverter> converter) {
		this.format = format;
		this.converter = converter;
	}

	/**
	 * Write a value.
	 * @param payload text, bytes, a buffer or a {@link Body}, which are written as they
	 * are, or what the format can have
	 * @return the body of a message, to be released by the caller; the payload itself if
	 * it is a {@code ByteBuf}
	 * @throws IllegalArgumentException if the value cannot be written
	 */
	public ByteBuf write(Object payload) {
		if (payload instanceof byte[] bytes) {
			return Unpooled.wrappedBuffer(bytes);
		}
		if (payload instanceof String text) {
			return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
		}
		if (payload instanceof ByteBuf buffer) {
			return buffer;
		}
		if (payload instanceof ByteBuffer buffer) {
			return Unpooled.wrappedBuffer(buffer);
		}
		return (payload instanceof Body body) ? written(body) : Unpooled.wrappedBuffer(converted(payload));
	}

	private static ByteBuf written(Body body) {
		ByteBuf out = Unpooled.buffer(body.bodyLength());
		body.writeBody(out);
		return out;
	}

	private byte[] converted(Object payload) {
		try {
			return writer(payload.getClass()).write(payload);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("payload: a " + payload.getClass().getName()
					+ " cannot be written to the body of a message: " + ex.getMessage(), ex);
		}
	}

	private PayloadConverter.Writer writer(Class<?> type) {
		PayloadConverter.Writer known = this.writers.get(type);
		if (known != null) {
			return known;
		}
		PayloadConverter.Writer found = Payloads.require(this.converter.get(), this.format)
			.writer(ResolvableType.forClass(type));
		this.writers.put(type, found);
		return found;
	}

}
