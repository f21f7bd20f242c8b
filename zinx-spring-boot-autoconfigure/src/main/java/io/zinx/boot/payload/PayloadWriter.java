package io.zinx.boot.payload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.diagnostics.PeerText;

import org.springframework.core.ResolvableType;

/**
 * Writes values whose types are not known in advance, like results of handler methods.
 * Caches the writers of classes. Any thread.
 */
public final class PayloadWriter {

	private final Supplier<ResolvedFormat> format;

	private final Map<Class<?>, PayloadConverter.Writer> writers = new ConcurrentHashMap<>();

	/**
	 * Create an instance for one format.
	 * @param format supplies the format when a value is not a {@link PlainPayload}
	 */
	PayloadWriter(Supplier<ResolvedFormat> format) {
		this.format = format;
	}

	/**
	 * Write a value.
	 * @param payload a {@link PlainPayload}, or any value that the format supports
	 * @return the body of a message, to be released by the caller; the payload itself if
	 * it is a {@code ByteBuf}
	 * @throws IllegalArgumentException if the value cannot be written
	 */
	public ByteBuf write(Object payload) {
		PlainPayload<?> plain = PlainPayload.of(payload);
		return (plain != null) ? plain.write(payload) : Unpooled.wrappedBuffer(converted(payload));
	}

	private byte[] converted(Object payload) {
		try {
			return writer(payload.getClass()).write(payload);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("payload: a " + payload.getClass().getName()
					+ " cannot be written to the body of a message: " + PeerText.escape(ex.getMessage()), ex);
		}
	}

	private PayloadConverter.Writer writer(Class<?> type) {
		PayloadConverter.Writer known = this.writers.get(type);
		if (known != null) {
			return known;
		}
		PayloadConverter.Writer found = this.format.get().writer(ResolvableType.forClass(type));
		this.writers.put(type, found);
		return found;
	}

}
