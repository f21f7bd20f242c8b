package io.zinx.boot.autoconfigure;

import java.util.regex.Pattern;

import io.zinx.InvalidSettingException;
import io.zinx.boot.settings.KnownSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The properties of the server as the user has written them.
 */
final class TypedProperties {

	private static final String PREFIX = "zinx.";

	/**
	 * Words joined by dots or hyphens, or that are given a value: a setting in kebab
	 * case, perhaps. One word alone is left as it is.
	 */
	private static final Pattern SETTING = Pattern.compile("(?<![\\w.-])[a-z]+(([.-][a-z]+)+|(?==))(?![\\w-]|\\.\\w)");

	private final ConfigurableEnvironment environment;

	TypedProperties(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return the property that belongs to a setting.
	 */
	static String name(InvalidSettingException ex) {
		return PREFIX + ex.setting();
	}

	/**
	 * Return an exception that attributes an invalid setting to its property.
	 */
	RuntimeException attribute(InvalidSettingException ex) {
		String name = name(ex);
		Object typed = find(name);
		String expected = expected(ex);
		if (typed == null && name.endsWith("]")) {
			name = name.substring(0, name.lastIndexOf('['));
			typed = find(name);
			expected += "; '" + ex.value() + "' is not";
		}
		if (typed == null || typed.toString().isBlank()) {
			return new UnsetSettingException(name, ex.value(), expected);
		}
		return new InvalidConfigurationPropertyValueException(name, typed, "It should be " + expected + ".");
	}

	/**
	 * Return the allowed values, with the settings in it named as properties.
	 */
	static String expected(InvalidSettingException ex) {
		KnownSettings known = ZinxSettings.known();
		return SETTING.matcher(ex.expected())
			.replaceAll(
					(found) -> (known.find(PREFIX + found.group()) != null) ? PREFIX + found.group() : found.group());
	}

	/**
	 * Return the value as the user has written it, in whatever spelling of the property's
	 * name.
	 */
	@Nullable Object find(String name) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources
			.from(this.environment.getPropertySources())) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property.getValue();
			}
		}
		return null;
	}

}
