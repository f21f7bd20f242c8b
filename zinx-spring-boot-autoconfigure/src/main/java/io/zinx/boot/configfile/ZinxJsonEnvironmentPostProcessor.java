package io.zinx.boot.configfile;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Imports the {@code zinx.json} that {@code zinx.config-file} names or, if that is not
 * set, the environment variable {@code ZINX_CONFIG_FILE_PATH}. Imports nothing if neither
 * is set, or if the application has no server. Runs last, when all sources of
 * {@code zinx.config-file} have been read.
 */
final class ZinxJsonEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String PROPERTY = "zinx.config-file";

	private static final String VARIABLE = "ZINX_CONFIG_FILE_PATH";

	private final Log logger;

	ZinxJsonEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(ZinxJsonEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		if (!binder.bind("zinx.enabled", Bindable.of(Boolean.class)).orElse(true)) {
			return;
		}
		ZinxJsonFile file = find(binder, environment);
		if (file != null) {
			read(file, environment, application.getClassLoader());
		}
	}

	private static @Nullable ZinxJsonFile find(Binder binder, ConfigurableEnvironment environment) {
		BindResult<String> property = binder.bind(PROPERTY, Bindable.of(String.class));
		if (property.isBound()) {
			return file(property.get(), PROPERTY + describeOrigin(environment));
		}
		String variable = environment.getProperty(VARIABLE);
		return (variable != null) ? file(variable, "the environment variable " + VARIABLE) : null;
	}

	private static @Nullable ZinxJsonFile file(String location, String askedBy) {
		return location.isBlank() ? null : new ZinxJsonFile(location.strip(), askedBy);
	}

	private static String describeOrigin(ConfigurableEnvironment environment) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(PROPERTY);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return (property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
			}
		}
		return "";
	}

	private void read(ZinxJsonFile file, ConfigurableEnvironment environment, ClassLoader classLoader) {
		ZinxJsonImport imported = new ZinxJsonImport(file.read(classLoader));
		ZinxJsonPropertySources.add(environment.getPropertySources(), imported.properties());
		String prefix = "Zinx configuration file " + file.location() + ": ";
		this.logger.info(prefix + "imported, as set by " + file.askedBy() + ". " + describe(imported));
		imported.warnings().forEach((warning) -> this.logger.warn(prefix + warning));
		if (imported.ignored() != null) {
			this.logger.info(prefix + imported.ignored());
		}
	}

	private static String describe(ZinxJsonImport imported) {
		return imported.properties().isEmpty() ? "It sets no properties"
				: "It sets these properties, unless they are set elsewhere: "
						+ String.join(", ", imported.properties().keySet());
	}

}
