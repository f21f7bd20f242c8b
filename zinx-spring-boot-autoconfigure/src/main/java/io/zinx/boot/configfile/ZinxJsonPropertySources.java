package io.zinx.boot.configfile;

import java.util.Map;

import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The place of an imported file among the property sources: behind everything but default
 * properties.
 */
final class ZinxJsonPropertySources {

	static final String NAME = "zinx.json";

	private ZinxJsonPropertySources() {
	}

	/**
	 * Add an imported file.
	 * @param sources the sources to add it to
	 * @param properties the properties of the file
	 */
	static void add(MutablePropertySources sources, Map<String, Object> properties) {
		addBehindAll(sources, new OriginTrackedMapPropertySource(NAME, properties, true));
	}

	/**
	 * Move the imported file behind the sources added since.
	 * @param sources the sources that may contain it
	 */
	static void moveBehindAll(MutablePropertySources sources) {
		PropertySource<?> file = sources.remove(NAME);
		if (file != null) {
			addBehindAll(sources, file);
		}
	}

	private static void addBehindAll(MutablePropertySources sources, PropertySource<?> file) {
		DefaultPropertiesPropertySource.moveToEnd(sources);
		if (sources.contains(DefaultPropertiesPropertySource.NAME)) {
			sources.addBefore(DefaultPropertiesPropertySource.NAME, file);
			return;
		}
		sources.addLast(file);
	}

}
