package io.zinx.boot.test.client;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * Writes and reads the values of test clients: text and bytes without conversion, other
 * values in the application's format. Any thread.
 */
public final class PayloadConversion {

	/** Supports text and bytes only. */
	public static final PayloadConversion NONE = new PayloadConversion(PayloadFormat.BYTES, () -> {
		throw new IllegalArgumentException("its format is bytes");
	});

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private final PayloadFormat format;

	private final Supplier<PayloadConverter> converter;

	/**
	 * Create a conversion for a format.
	 * @param format the format
	 * @param converter supplies the converter of the format when a value must be
	 * converted; throws an {@link IllegalArgumentException} if there is none
	 */
	public PayloadConversion(PayloadFormat format, Supplier<PayloadConverter> converter) {
		this.format = format;
		this.converter = converter;
	}

	byte[] write(Object value) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		if (value instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		try {
			if (this.format == PayloadFormat.STRING) {
				return String.valueOf(texts().convert(value, String.class)).getBytes(StandardCharsets.UTF_8);
			}
			return this.converter.get().writer(ResolvableType.forInstance(value)).write(value);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written in the format "
					+ this.format + " of zinx.payload: " + ex.getMessage(), ex);
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
			value = (this.format == PayloadFormat.STRING)
					? texts().convert(message.text(), TEXT, new TypeDescriptor(type, null, null))
					: this.converter.get().reader(type).read(message.body());
		}
		catch (Exception ex) {
			throw new AssertionError("Expected a " + type + " in the format " + this.format
					+ " of zinx.payload, but was " + message + ": " + ex.getMessage(), ex);
		}
		if (value == null) {
			throw new AssertionError("Expected a " + type + ", but the body has no value: " + message);
		}
		return value;
	}

	private static ConversionService texts() {
		return DefaultConversionService.getSharedInstance();
	}

}
