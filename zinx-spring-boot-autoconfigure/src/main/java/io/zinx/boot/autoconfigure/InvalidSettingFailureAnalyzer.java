package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains that a setting has a value the server cannot work with: also one that came
 * from code, and one whose property is spelled in a way that Spring Boot's own analyzer
 * does not find.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	private final ConfiguredProperties configured;

	InvalidSettingFailureAnalyzer(@Nullable Environment environment) {
		this.configured = new ConfiguredProperties(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		InvalidConfigurationPropertyValueException byProperty = findCause(rootFailure,
				InvalidConfigurationPropertyValueException.class);
		if (byProperty == null) {
			return new FailureAnalysis(
					"Invalid value '" + cause.value() + "' for the setting '" + cause.setting()
							+ "' of the Zinx server. It was not set by a property.",
					"Change the ZinxServerCustomizer or other code that sets it. It should be " + cause.expected()
							+ ".",
					cause);
		}
		ConfigurationProperty property = this.configured.find(byProperty.getName());
		String origin = (property != null && property.getOrigin() != null)
				? " (originating from '" + property.getOrigin() + "')" : "";
		return new FailureAnalysis(
				"Invalid value '" + byProperty.getValue() + "' for configuration property '" + byProperty.getName()
						+ "'" + origin + ".",
				"Change the value of '" + byProperty.getName() + "'. It should be " + cause.expected() + ".", cause);
	}

}
