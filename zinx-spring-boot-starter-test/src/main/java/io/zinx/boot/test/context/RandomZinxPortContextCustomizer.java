package io.zinx.boot.test.context;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Sets {@code zinx.port} to 0, with precedence over system properties, the environment
 * and configuration files, but not over the properties of the test itself.
 */
record RandomZinxPortContextCustomizer() implements ContextCustomizer {

	static final String SOURCE = "zinxTestPort";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		MapPropertySource port = new MapPropertySource(SOURCE, Map.of("zinx.port", "0"));
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, port);
			return;
		}
		sources.addLast(port);
	}

}
