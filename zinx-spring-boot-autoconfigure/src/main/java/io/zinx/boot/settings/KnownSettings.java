package io.zinx.boot.settings;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The settings that exist, found by their names in all spellings that Spring Boot
 * accepts. For one thread at a time.
 */
public final class KnownSettings {

	private final Map<ConfigurationPropertyName, KnownSetting> byName = new LinkedHashMap<>();

	private final Map<String, KnownSetting> byVariable = new HashMap<>();

	/**
	 * Add a setting.
	 * @param name the name of its property
	 * @param type the type of its value
	 * @return these settings
	 */
	public KnownSettings add(String name, Class<?> type) {
		add(new KnownSetting(name, type));
		return this;
	}

	private void add(KnownSetting setting) {
		this.byName.put(ConfigurationPropertyName.of(setting.name()), setting);
		this.byVariable.put(setting.variable(), setting);
		this.byVariable.put(setting.variableOfWords(), setting);
	}

	/**
	 * Add all settings that are bound to a bean.
	 * @param prefix the prefix of the names of their properties
	 * @param type the type of the bean
	 * @return these settings
	 */
	public KnownSettings addBean(String prefix, Class<?> type) {
		BeanSettings.collect(prefix, type, this::add);
		return this;
	}

	/**
	 * All of them.
	 * @return in the order in which they were added
	 */
	public Collection<KnownSetting> all() {
		return this.byName.values();
	}

	/**
	 * Find a setting that was typed.
	 * @param typed the spelling and the source
	 * @return the setting, or {@code null} if there is none of that name
	 */
	public @Nullable KnownSetting find(TypedSetting typed) {
		return typed.isVariable() ? findVariable(typed.name()) : find(typed.name());
	}

	/**
	 * Find a setting by the name of its property.
	 * @param name the name in any spelling, but not that of an environment variable
	 * @return the setting, or {@code null} if there is none of that name
	 */
	public @Nullable KnownSetting find(String name) {
		ConfigurationPropertyName key = ConfigurationPropertyName.adapt(name, '.');
		KnownSetting exact = this.byName.get(key);
		if (exact != null || key.isEmpty()) {
			return exact;
		}
		for (ConfigurationPropertyName parent = key.getParent(); !parent.isEmpty(); parent = parent.getParent()) {
			KnownSetting above = this.byName.get(parent);
			if (above != null && above.has(key)) {
				return above;
			}
		}
		return null;
	}

	private @Nullable KnownSetting findVariable(String variable) {
		String name = variable.toUpperCase(Locale.ROOT);
		KnownSetting exact = this.byVariable.get(name);
		if (exact != null) {
			return exact;
		}
		for (int end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1)) {
			KnownSetting above = this.byVariable.get(name.substring(0, end));
			if (above != null && above.hasVariable(name.substring(end + 1))) {
				return above;
			}
		}
		return null;
	}

	/**
	 * True if there are settings below a name, such as {@code zinx.ssl}.
	 * @param name the name in any spelling
	 * @return whether it is that of a group
	 */
	public boolean isGroup(String name) {
		ConfigurationPropertyName group = ConfigurationPropertyName.adapt(name, '.');
		return this.byName.keySet().stream().anyMatch(group::isAncestorOf);
	}

	/**
	 * Find the setting that was probably meant by a name that does not exist.
	 * @param typed the spelling and the source
	 * @return the setting, or {@code null} if none is similar
	 */
	public @Nullable KnownSetting nearest(TypedSetting typed) {
		Map<String, KnownSetting> candidates = new LinkedHashMap<>();
		for (KnownSetting setting : all()) {
			if (typed.isVariable()) {
				candidates.put(setting.variableOfWords(), setting);
				candidates.put(setting.variable(), setting);
			}
			else {
				candidates.put(setting.name(), setting);
			}
		}
		String nearest = NearestName.of(typed.name(), candidates.keySet());
		return (nearest != null) ? candidates.get(nearest) : null;
	}

}
