package io.zinx.boot.autoconfigure.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.zinx.boot.autoconfigure.ZinxSettings;
import io.zinx.boot.settings.KnownSetting;
import io.zinx.boot.settings.KnownSettings;
import io.zinx.boot.settings.ServiceLinks;
import io.zinx.boot.settings.TypedSetting;
import io.zinx.boot.settings.TypedSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Warns of settings that do not exist, with the name that was probably meant, and of
 * durations that lack their unit. Runs before any bean is made, so that the warnings are
 * there when the start fails for want of the setting that was misspelt.
 */
final class SpellingCheck implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(SpellingCheck.class);

	private static final List<String> ROOTS = List.of("zinx", "management.endpoint.zinx", "management.health.zinx",
			"management.info.zinx");

	/** The variable that names a {@code zinx.json}, as in Go Zinx. */
	private static final String CONFIG_FILE_PATH = "ZINX_CONFIG_FILE_PATH";

	private final ConfigurableEnvironment environment;

	SpellingCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		List<TypedSetting> typed = new ArrayList<>();
		ROOTS.forEach((root) -> typed.addAll(TypedSettings.below(this.environment, root)));
		if (typed.isEmpty()) {
			return;
		}
		KnownSettings known = ZinxSettings.knownWithActuator();
		Map<KnownSetting, TypedSetting> used = new LinkedHashMap<>();
		Map<String, TypedSetting> unknown = new LinkedHashMap<>();
		for (TypedSetting setting : typed) {
			KnownSetting found = known.find(setting);
			if (found != null) {
				used.putIfAbsent(found, setting);
			}
			else if (!isExcepted(setting, known)) {
				unknown.putIfAbsent(setting.property().toLowerCase(Locale.ROOT), setting);
			}
		}
		used.forEach((setting, place) -> new ShortDuration(setting, place).warn(this.environment, logger));
		if (!unknown.isEmpty()) {
			warnOfUnknown(unknown.values().stream().toList(), known, prefixesOfTheApplication(beanFactory));
		}
	}

	/**
	 * True for what Kubernetes or Go Zinx uses, and for an empty group of a YAML file.
	 */
	private static boolean isExcepted(TypedSetting setting, KnownSettings known) {
		return setting.spelling().equals(CONFIG_FILE_PATH)
				|| (setting.isVariable() && ServiceLinks.sets(setting.spelling(), setting.value()))
				|| (known.isGroup(setting.property()) && setting.isBlank());
	}

	private static void warnOfUnknown(List<TypedSetting> unknown, KnownSettings known,
			List<ConfigurationPropertyName> others) {
		for (TypedSetting setting : unknown) {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting.property(), '.');
			if (others.stream().noneMatch((other) -> other.isAncestorOf(name))) {
				logger.warn("{} has no effect: the server has no such setting{}", setting, suggestion(setting, known));
			}
		}
	}

	private static String suggestion(TypedSetting setting, KnownSettings known) {
		KnownSetting nearest = known.nearest(setting);
		if (nearest == null) {
			return "";
		}
		return ". Did you mean " + (setting.isVariable() ? nearest.variable() : nearest.name()) + "?";
	}

	/**
	 * The prefixes of the application's own properties below ours, such as those of a
	 * second server. Looks at definitions only and makes no bean.
	 */
	private static List<ConfigurationPropertyName> prefixesOfTheApplication(
			ConfigurableListableBeanFactory beanFactory) {
		List<ConfigurationPropertyName> prefixes = new ArrayList<>();
		for (String bean : beanFactory.getBeanDefinitionNames()) {
			ConfigurationProperties properties = beanFactory.findAnnotationOnBean(bean, ConfigurationProperties.class,
					false);
			if (properties != null) {
				ConfigurationPropertyName prefix = ConfigurationPropertyName.adapt(properties.prefix(), '.');
				if (ROOTS.stream().map(ConfigurationPropertyName::of).noneMatch(prefix::equals)) {
					prefixes.add(prefix);
				}
			}
		}
		prefixes.remove(ConfigurationPropertyName.of("zinx.cluster"));
		return prefixes;
	}

}
