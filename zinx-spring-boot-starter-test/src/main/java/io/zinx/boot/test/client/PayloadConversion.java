package io.zinx.boot.test.client;

import java.nio.charset.Charset;

import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.payload.ResolvedFormat;
import io.zinx.boot.payload.TextCharset;

import org.springframework.core.ResolvableType;
import org.springframework.util.function.SingletonSupplier;

/**
 * Writes and reads the values of test clients: text and bytes without conversion, other
 * values in the application's format. Any thread.
 */
public final class PayloadConversion {

	/** Supports text and bytes only. */
	public static final PayloadConversion NONE = new PayloadConversion(
			SingletonSupplier.of(new ResolvedFormat(PayloadFormat.BYTES, null, TextCharset.UTF_8)));

	private final SingletonSupplier<ResolvedFormat> format;

	/**
	 * Create a conversion for a format.
	 * @param format supplies the format and its converter when a value must be converted
	 */
	public PayloadConversion(SingletonSupplier<ResolvedFormat> format) {
		this.format = format;
	}

	byte[] write(Object value) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		if (value instanceof CharSequence text) {
			return this.format.obtain().charset().write(text.toString());
		}
		try {
			return this.format.obtain().writer(ResolvableType.forInstance(value)).write(value);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written in the format "
					+ this.format.obtain().format() + " of zinx.payload: " + ex.getMessage(), ex);
		}
	}

	Object read(ReceivedMessage message, ResolvableType type) {
		if (type.toClass() == String.class) {
			return message.text();
		}
		if (type.toClass() == byte[].class) {
			return message.body();
		}
		Object value;
		try {
			value = this.format.obtain().reader(type).read(message.body());
		}
		catch (Exception ex) {
			throw new AssertionError("Expected a " + type + " in the format " + this.format.obtain().format()
					+ " of zinx.payload, but was " + message + ": " + ex.getMessage(), ex);
		}
		if (value == null) {
			throw new AssertionError("Expected a " + type + ", but the body has no value: " + message);
		}
		return value;
	}

	/**
	 * The charset of text.
	 */
	Charset charset() {
		return this.format.obtain().charset().charset();
	}

}
