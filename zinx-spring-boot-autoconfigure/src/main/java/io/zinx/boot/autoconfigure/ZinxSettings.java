package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.zinx.boot.settings.KnownSettings;

/**
 * The settings of the server and of the application around it.
 */
public final class ZinxSettings {

	private ZinxSettings() {
	}

	/**
	 * All settings below {@code zinx}: those that are bound to beans, and those that only
	 * conditions ask for.
	 * @return new settings, to which more can be added
	 */
	public static KnownSettings known() {
		return new KnownSettings().addBean("zinx", ZinxProperties.class)
			.addBean("zinx.cluster", ClusterProperties.class)
			.add("zinx.enabled", Boolean.class)
			.add("zinx.logging.mdc", Boolean.class)
			.add("zinx.observation.enabled", Boolean.class);
	}

	/**
	 * All settings below {@code zinx}, and those of the actuator, whose classes may be
	 * missing.
	 * @return new settings
	 */
	public static KnownSettings knownWithActuator() {
		return known().add("management.endpoint.zinx.access", String.class)
			.add("management.endpoint.zinx.cache.time-to-live", Duration.class)
			.add("management.endpoint.zinx.roles", Set.class)
			.add("management.endpoint.zinx.show-values", String.class)
			.add("management.health.zinx.enabled", Boolean.class)
			.add("management.info.zinx.enabled", Boolean.class);
	}

}
