package io.zinx.boot.autoconfigure;

import java.util.Locale;

import io.zinx.dispatch.WorkerMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.converter.Converter;

/**
 * Converts {@code dynamic-bind}, a mode of Zinx that does not differ from {@code bind}
 * here, to {@code bind}, and any other value as Spring Boot does.
 */
final class WorkerModeConverter implements Converter<String, WorkerMode> {

	/**
	 * Convert a value; {@code null} if it is empty, as the interface allows.
	 */
	@Override
	@SuppressWarnings("NullAway")
	public @Nullable WorkerMode convert(String source) {
		String letters = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
		if (letters.equals("dynamicbind")) {
			return WorkerMode.BIND;
		}
		return ApplicationConversionService.getSharedInstance().convert(source, WorkerMode.class);
	}

}
