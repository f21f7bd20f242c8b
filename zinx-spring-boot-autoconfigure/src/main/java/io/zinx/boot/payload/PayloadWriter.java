package io.zinx.boot.payload;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Writes values whose types are not known in advance, like results of handler methods.
 * Caches the writers of types. Any thread.
 */
public final class PayloadWriter {

	private final Supplier<ResolvedFormat> format;

	private final TextCharset charset;

	private final @Nullable Type type;

	private final Map<Type, PayloadConverter.Writer> writers;

	/**
	 * Create an instance for one format.
	 * @param format supplies the format when a value is not a {@link PlainPayload}
	 * @param charset the charset of text
	 */
	PayloadWriter(Supplier<ResolvedFormat> format, TextCharset charset) {
		this(format, charset, null, new ConcurrentHashMap<>());
	}

	private PayloadWriter(Supplier<ResolvedFormat> format, TextCharset charset, @Nullable Type type,
			Map<Type, PayloadConverter.Writer> writers) {
		this.format = format;
		this.charset = charset;
		this.type = type;
		this.writers = writers;
	}

	/**
	 * Return a writer of values as a declared type. Shares the cache with this one.
	 * @param type the type, or {@code null} to write each value as its class
	 * @return the writer
	 */
	public PayloadWriter withType(@Nullable Type type) {
		return new PayloadWriter(this.format, this.charset, type, this.writers);
	}

	/**
	 * The type as which values are written.
	 * @return the type, or {@code null} if each value is written as its class
	 */
	public @Nullable Type type() {
		return this.type;
	}

	/**
	 * Write a value.
	 * @param payload a {@link PlainPayload}, or any value that the format supports
	 * @return the body of a message, to be released by the caller; the payload itself if
	 * it is a {@code ByteBuf}
	 * @throws IllegalArgumentException if the value cannot be written, or is not of the
	 * {@linkplain #withType type}
	 */
	public ByteBuf write(Object payload) {
		PlainPayload<?> plain = PlainPayload.of(payload);
		return (plain != null) ? plain.write(payload, this.charset) : Unpooled.wrappedBuffer(converted(payload));
	}

	private byte[] converted(Object payload) {
		Type type = (this.type != null) ? this.type : payload.getClass();
		try {
			PayloadConverter.Writer known = this.writers.get(type);
			return ((known != null) ? known : writer(type)).write(payload);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("payload: a " + payload.getClass().getName()
					+ " cannot be written to the body of a message: " + PeerText.escape(ex.getMessage()), ex);
		}
	}

	private PayloadConverter.Writer writer(Type type) {
		ResolvableType resolvable = ResolvableType.forType(type);
		NeverPayload never = NeverPayload.inWritten(resolvable);
		if (never != null) {
			throw new IllegalArgumentException("it " + never.problem());
		}
		PayloadConverter.Writer found = this.format.get().writer(resolvable);
		PayloadConverter.Writer checked = (payload) -> {
			if (!resolvable.toClass().isInstance(payload)) {
				throw new IllegalArgumentException("it is not a " + resolvable);
			}
			return found.write(payload);
		};
		this.writers.put(type, checked);
		return checked;
	}

}
