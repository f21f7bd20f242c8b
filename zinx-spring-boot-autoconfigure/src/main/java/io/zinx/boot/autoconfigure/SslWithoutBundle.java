package io.zinx.boot.autoconfigure;

import io.zinx.boot.settings.KnownSetting;
import io.zinx.boot.settings.KnownSettings;
import io.zinx.boot.settings.TypedSetting;
import io.zinx.boot.settings.TypedSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Settings of TLS that leave open whether there is TLS. Whoever types one of them expects
 * that connections are encrypted, also if it is misspelt.
 */
final class SslWithoutBundle {

	private static final String ROOT = "zinx.ssl";

	private SslWithoutBundle() {
	}

	/**
	 * Refuse any setting of TLS. Called if neither a bundle is named nor TLS switched on
	 * or off.
	 * @throws InvalidConfigurationPropertyValueException if there is one
	 */
	static void refuse(ConfigurableEnvironment environment) {
		for (TypedSetting typed : TypedSettings.below(environment, ROOT)) {
			if (!typed.isBlank()) {
				KnownSettings known = new KnownSettings().addBean(ROOT, SslProperties.class);
				KnownSetting setting = known.find(typed);
				throw new InvalidConfigurationPropertyValueException(name(setting, typed), typed.value(),
						(setting != null)
								? "Without zinx.ssl.bundle, connections are not encrypted. Name the bundle, or "
										+ "set zinx.ssl.enabled to false if that is meant."
								: unknown(known.nearest(typed)));
			}
		}
	}

	private static String name(@Nullable KnownSetting setting, TypedSetting typed) {
		if (setting != null && (typed.isVariable() || !setting.isOpen())) {
			return setting.name();
		}
		return ConfigurationPropertyName.adapt(typed.property(), '.').toString();
	}

	private static String unknown(@Nullable KnownSetting nearest) {
		return "There is no such property, and without zinx.ssl.bundle connections are not encrypted."
				+ ((nearest != null) ? " Did you mean " + nearest.name() + "?" : "");
	}

}
