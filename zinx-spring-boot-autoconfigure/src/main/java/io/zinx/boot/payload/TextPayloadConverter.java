package io.zinx.boot.payload;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Text in UTF-8, converted by a {@link ConversionService}.
 */
final class TextPayloadConverter implements PayloadConverter {

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private final ConversionService conversions;

	TextPayloadConverter(ConversionService conversions) {
		this.conversions = conversions;
	}

	@Override
	public PayloadFormat format() {
		return PayloadFormat.STRING;
	}

	@Override
	public Reader reader(ResolvableType type) {
		TypeDescriptor target = new TypeDescriptor(type, null, null);
		requireConvertible(TEXT, target);
		return (body) -> this.conversions.convert(new String(body, StandardCharsets.UTF_8), TEXT, target);
	}

	@Override
	public Writer writer(ResolvableType type) {
		TypeDescriptor source = new TypeDescriptor(type, null, null);
		requireConvertible(source, TEXT);
		return (value) -> Objects.toString(this.conversions.convert(value, String.class), "")
			.getBytes(StandardCharsets.UTF_8);
	}

	private void requireConvertible(TypeDescriptor source, TypeDescriptor target) {
		if (!this.conversions.canConvert(source, target)) {
			throw new IllegalArgumentException(
					"the ConversionService cannot convert " + source.getName() + " to " + target.getName());
		}
	}

}
