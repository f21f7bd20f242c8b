package io.zinx.boot.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Text in a charset: dates and times in ISO 8601, also in lists, because those of a
 * {@link ConversionService} depend on the locale of the JVM; everything else converted by
 * that.
 */
final class TextPayloadConverter implements PayloadConverter {

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private static final TypeDescriptor TEXTS = TypeDescriptor.collection(List.class, TEXT);

	private final ConversionService conversions;

	private final TextCharset charset;

	TextPayloadConverter(ConversionService conversions, TextCharset charset) {
		this.conversions = conversions;
		this.charset = charset;
	}

	@Override
	public PayloadFormat format() {
		return PayloadFormat.STRING;
	}

	@Override
	public Reader reader(ResolvableType type) {
		if (IsoText.supports(type.toClass())) {
			return (body) -> IsoText.read(type.toClass(), this.charset.read(body));
		}
		TypeDescriptor target = new TypeDescriptor(type, null, null);
		Class<?> element = element(type);
		if (!IsoText.supports(element)) {
			requireConvertible(TEXT, target);
			return (body) -> this.conversions.convert(this.charset.read(body), TEXT, target);
		}
		TypeDescriptor dates = TypeDescriptor.collection(List.class, TypeDescriptor.valueOf(element));
		requireConvertible(TEXT, TEXTS);
		requireConvertible(dates, target);
		return (body) -> this.conversions.convert(dates(element, this.charset.read(body)), dates, target);
	}

	private List<@Nullable Object> dates(Class<?> type, String text) {
		List<@Nullable Object> dates = new ArrayList<>();
		if (this.conversions.convert(text, TEXT, TEXTS) instanceof List<?> texts) {
			texts.forEach((each) -> dates.add(IsoText.read(type, String.valueOf(each))));
		}
		return dates;
	}

	@Override
	public Writer writer(ResolvableType type) {
		if (!IsoText.supports(type.toClass()) && !IsoText.supports(element(type))) {
			requireConvertible(new TypeDescriptor(type, null, null), TEXT);
		}
		return (value) -> this.charset.write(write(value));
	}

	private String write(Object value) {
		String date = IsoText.write(value);
		return (date != null) ? date
				: Objects.toString(this.conversions.convert(withoutDates(value), String.class), "");
	}

	/**
	 * Return a value with the text of dates in the place of dates.
	 */
	private static Object withoutDates(Object value) {
		Collection<?> elements = (value instanceof Collection<?> collection) ? collection : List.of();
		if (value instanceof Object[] array) {
			elements = Arrays.asList(array);
		}
		else if (value instanceof Stream<?> stream) {
			elements = stream.toList();
		}
		else if (elements.isEmpty()) {
			return value;
		}
		if (!(value instanceof Stream) && elements.stream().noneMatch((each) -> IsoText.write(each) != null)) {
			return value;
		}
		List<@Nullable Object> texts = new ArrayList<>();
		for (Object each : elements) {
			String date = IsoText.write(each);
			texts.add((date != null) ? date : each);
		}
		return texts;
	}

	/**
	 * Return the type of the elements; {@code Object} also if a type has none.
	 */
	private static Class<?> element(ResolvableType type) {
		ResolvableType element = type.isArray() ? type.getComponentType() : type.asCollection().getGeneric(0);
		if (Stream.class.isAssignableFrom(type.toClass())) {
			element = type.as(Stream.class).getGeneric(0);
		}
		return element.resolve(Object.class);
	}

	private void requireConvertible(TypeDescriptor source, TypeDescriptor target) {
		if (!this.conversions.canConvert(source, target)) {
			throw new IllegalArgumentException(
					"the ConversionService cannot convert " + source.getName() + " to " + target.getName());
		}
	}

}
