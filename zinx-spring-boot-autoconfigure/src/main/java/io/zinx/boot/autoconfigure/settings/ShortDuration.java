package io.zinx.boot.autoconfigure.settings;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

import io.zinx.boot.settings.KnownSetting;
import io.zinx.boot.settings.TypedSetting;
import org.slf4j.Logger;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A duration that was typed, which is suspicious without a unit: a number alone is
 * milliseconds.
 *
 * @param setting the setting
 * @param typed the place that has precedence
 */
record ShortDuration(KnownSetting setting, TypedSetting typed) {

	/** The durations that are usually shorter than a second. */
	static final Set<String> MILLISECONDS = Set.of("zinx.cluster.publish-timeout", "zinx.shutdown.quiet-period",
			"management.endpoint.zinx.cache.time-to-live");

	/** A number from 1 to 999. */
	private static final Pattern NUMBER = Pattern.compile("\\+?0*[1-9]\\d{0,2}");

	/**
	 * Log a warning if the value has no unit, is below a second, and seconds are usual.
	 */
	void warn(ConfigurableEnvironment environment, Logger logger) {
		Object value = (this.setting.type() == Duration.class && !MILLISECONDS.contains(this.setting.name()))
				? this.typed.value() : null;
		if (value == null) {
			return;
		}
		String number = environment.resolvePlaceholders(value.toString()).strip();
		if (NUMBER.matcher(number).matches()) {
			logger.warn("{} has no unit, so {} is {} milliseconds. For seconds write {}s; if milliseconds are meant, "
					+ "write {}ms", this.typed, number, number, number, number);
		}
	}

}
