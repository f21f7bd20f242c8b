package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;
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
	InvalidConfigurationPropertyValueException attribute(InvalidSettingException ex) {
		String name = name(ex);
		Object typed = find(name);
		return new InvalidConfigurationPropertyValueException(name, (typed != null) ? typed : ex.value(),
				"It should be " + ex.expected() + ".");
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
