package io.zinx.boot.handler.invoke;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The types of values that may be absent: {@code Optional}, and those of primitive
 * values. Any thread.
 */
final class Optionals {

	private Optionals() {
	}

	/**
	 * The type of the content.
	 * @param type the type
	 * @return the content of an optional, {@code null} if the type is none
	 */
	static @Nullable ResolvableType content(ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw == Optional.class) {
			return HandlerParameter.content(type);
		}
		if (raw == OptionalInt.class) {
			return ResolvableType.forClass(Integer.class);
		}
		if (raw == OptionalLong.class) {
			return ResolvableType.forClass(Long.class);
		}
		return (raw == OptionalDouble.class) ? ResolvableType.forClass(Double.class) : null;
	}

	static Object wrap(Class<?> type, @Nullable Object value) {
		if (type == OptionalInt.class) {
			return (value != null) ? OptionalInt.of((Integer) value) : OptionalInt.empty();
		}
		if (type == OptionalLong.class) {
			return (value != null) ? OptionalLong.of((Long) value) : OptionalLong.empty();
		}
		if (type == OptionalDouble.class) {
			return (value != null) ? OptionalDouble.of((Double) value) : OptionalDouble.empty();
		}
		return Optional.ofNullable(value);
	}

	static boolean isOptional(Object value) {
		return value instanceof Optional || value instanceof OptionalInt || value instanceof OptionalLong
				|| value instanceof OptionalDouble;
	}

	/**
	 * The content of an optional.
	 * @param value an optional
	 * @return its content, or {@code null} if it is empty
	 */
	static @Nullable Object unwrap(Object value) {
		if (value instanceof OptionalInt number) {
			return number.isPresent() ? number.getAsInt() : null;
		}
		if (value instanceof OptionalLong number) {
			return number.isPresent() ? number.getAsLong() : null;
		}
		if (value instanceof OptionalDouble number) {
			return number.isPresent() ? number.getAsDouble() : null;
		}
		return (value instanceof Optional<?> optional) ? optional.orElse(null) : null;
	}

}
