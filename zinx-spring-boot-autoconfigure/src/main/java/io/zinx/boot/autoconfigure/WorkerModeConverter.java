package io.zinx.boot.autoconfigure;

import java.util.Locale;

import io.zinx.dispatch.WorkerMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads {@code dynamic-bind}, the Zinx name of a mode whose difference from {@code bind}
 * does not exist here, as {@code bind}; all else as Spring Boot reads it.
 */
final class WorkerModeConverter implements Converter<String, WorkerMode> {

	/**
	 * Convert what was typed; {@code null} for nothing, as the interface's description
	 * allows.
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
