package io.zinx.boot.autoconfigure.settings;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Environment variables without one that is hidden, under the same name and with the same
 * prefix.
 */
final class VariablesWithoutLinks extends SystemEnvironmentPropertySource
		implements PropertySourceInfo, OriginLookup<String> {

	private final @Nullable String prefix;

	private VariablesWithoutLinks(String name, Map<String, Object> variables, @Nullable String prefix) {
		super(name, variables);
		this.prefix = prefix;
	}

	static VariablesWithoutLinks of(SystemEnvironmentPropertySource source, String hidden) {
		Map<String, Object> variables = new HashMap<>(source.getSource());
		variables.remove(hidden);
		return new VariablesWithoutLinks(source.getName(), variables,
				(source instanceof PropertySourceInfo info) ? info.getPrefix() : null);
	}

	@Override
	public @Nullable String getPrefix() {
		return this.prefix;
	}

	@Override
	public @Nullable Origin getOrigin(String key) {
		String variable = resolvePropertyName(key);
		return containsProperty(variable) ? new SystemEnvironmentOrigin(variable) : null;
	}

}
