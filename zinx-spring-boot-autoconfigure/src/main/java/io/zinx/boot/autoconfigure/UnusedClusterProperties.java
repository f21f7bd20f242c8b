package io.zinx.boot.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Properties of a cluster that have no effect, because nothing says whether there is one.
 */
final class UnusedClusterProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("zinx.cluster");

	private static final String ENABLED = "zinx.cluster.enabled";

	private UnusedClusterProperties() {
	}

	/**
	 * Log a warning if properties of a cluster are set, but not whether it is enabled; or
	 * if it is enabled without effect. Called for a server that is no node of a cluster.
	 */
	static void warnAbout(ConfigurableEnvironment environment) {
		String enabled = environment.getProperty(ENABLED);
		if (enabled != null) {
			if (Boolean.parseBoolean(enabled)) {
				LoggerFactory.getLogger(UnusedClusterProperties.class)
					.warn("{} has no effect, so the server is no node of a cluster: this is a test of a slice, the "
							+ "auto-configuration of the cluster is excluded, or it was off when the application was processed "
							+ "ahead of time", ENABLED);
			}
			return;
		}
		Set<String> names = names(environment);
		if (!names.isEmpty()) {
			LoggerFactory.getLogger(UnusedClusterProperties.class)
				.warn("{} is not set, so the server is no node of a cluster, and these properties have no effect: {}",
						ENABLED, String.join(", ", names));
		}
	}

	private static Set<String> names(ConfigurableEnvironment environment) {
		Set<String> names = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
			if (source.containsDescendantOf(PREFIX) == ConfigurationPropertyState.PRESENT) {
				addNames(source, names);
			}
		}
		return names;
	}

	private static void addNames(ConfigurationPropertySource source, Set<String> names) {
		if (source instanceof IterableConfigurationPropertySource iterable) {
			iterable.stream().filter(PREFIX::isAncestorOf).map(ConfigurationPropertyName::toString).forEach(names::add);
		}
	}

}
