package io.zinx.boot.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds what the user has typed in all sources whose names can be listed.
 */
public final class TypedSettings {

	private TypedSettings() {
	}

	/**
	 * Find the settings below a name.
	 * @param environment the sources
	 * @param root the name, for example {@code zinx.ssl}
	 * @return the settings, those that have precedence first
	 */
	public static List<TypedSetting> below(ConfigurableEnvironment environment, String root) {
		List<TypedSetting> settings = new ArrayList<>();
		Root wanted = Root.of(root);
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> listed) {
				String prefix = (source instanceof PropertySourceInfo info) ? info.getPrefix() : null;
				for (String spelling : listed.getPropertyNames()) {
					TypedSetting setting = wanted.find(listed, spelling, prefix);
					if (setting != null) {
						settings.add(setting);
					}
				}
			}
		}
		return settings;
	}

	/**
	 * True if the names of a source are those of environment variables.
	 * @param source the source
	 * @return whether Spring Boot treats it as the environment of the process
	 */
	public static boolean areVariables(PropertySource<?> source) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return source instanceof SystemEnvironmentPropertySource
				&& (source.getName().equals(name) || source.getName().endsWith("-" + name));
	}

	/**
	 * The name below which settings are looked for.
	 *
	 * @param word its last element, which most names do not contain
	 * @param name the name of properties
	 * @param variable the beginning of environment variables
	 */
	private record Root(String word, ConfigurationPropertyName name, String variable) {

		static Root of(String root) {
			String word = root.contains("zinx") ? "zinx" : root.substring(root.lastIndexOf('.') + 1);
			return new Root(word, ConfigurationPropertyName.of(root),
					root.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_");
		}

		@Nullable TypedSetting find(EnumerablePropertySource<?> source, String spelling, @Nullable String prefix) {
			String lower = spelling.toLowerCase(Locale.ROOT);
			if (!lower.contains(this.word)) {
				return null;
			}
			boolean variables = areVariables(source);
			String name = (prefix != null) ? withoutPrefix(spelling, prefix, variables) : spelling;
			if (name == null) {
				return null;
			}
			boolean variable = variables && name.indexOf('.') < 0;
			boolean below = variable ? name.toUpperCase(Locale.ROOT).startsWith(this.variable)
					: this.name.isAncestorOf(ConfigurationPropertyName.adapt(name, '.'));
			return below ? new TypedSetting(source, spelling, name, variable) : null;
		}

		/**
		 * Return the rest of a name, or {@code null} if it has not the prefix.
		 */
		private static @Nullable String withoutPrefix(String spelling, String prefix, boolean variables) {
			String lower = spelling.toLowerCase(Locale.ROOT);
			for (String dash : variables ? new String[] { "", "_", "-" } : new String[] { "-" }) {
				String begin = prefix.toLowerCase(Locale.ROOT).replace("-", dash);
				if (lower.startsWith(begin) && lower.length() > begin.length() + 1
						&& "._".indexOf(lower.charAt(begin.length())) >= 0) {
					return spelling.substring(begin.length() + 1);
				}
			}
			return null;
		}

	}

}
