package io.zinx.boot.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Properties that decide whether a bean exists, but do not agree with the beans that do:
 * something that the bean needs is missing, or the application was processed ahead of
 * time with another value.
 */
final class UnusedSwitches {

	private static final Logger logger = LoggerFactory.getLogger(UnusedSwitches.class);

	private static final String AHEAD = "it had another value when the application was processed ahead of time";

	private UnusedSwitches() {
	}

	/**
	 * Log a warning for each property that does not agree with the beans of a server that
	 * starts.
	 */
	static void warnAbout(ConfigurableApplicationContext context) {
		if (!context.getEnvironment().getProperty("zinx.enabled", Boolean.class, true)) {
			logger.warn("zinx.enabled=false has no effect: {}", AHEAD);
		}
		compare(context, "zinx.observation.enabled", "io.zinx.boot.observation.ZinxObservationInterceptor",
				"there is no bean of type io.micrometer.observation.ObservationRegistry, for which Spring Boot needs "
						+ "the dependency org.springframework.boot:spring-boot-starter-actuator, its auto-configuration "
						+ "is excluded, or ");
		compare(context, "zinx.logging.mdc", "io.zinx.boot.logging.MdcInterceptor",
				"its auto-configuration is excluded, or ");
	}

	private static void compare(ConfigurableApplicationContext context, String property, String type, String reasons) {
		boolean wanted = context.getEnvironment().getProperty(property, Boolean.class, false);
		boolean present = ClassUtils.isPresent(type, context.getClassLoader())
				&& BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context,
						ClassUtils.resolveClassName(type, context.getClassLoader()), true, false).length > 0;
		if (wanted && !present) {
			logger.warn("{}=true has no effect: {}{}", property, reasons, AHEAD);
		}
		else if (!wanted && present && context.getEnvironment().containsProperty(property)) {
			logger.warn("{}=false has no effect: {}", property, AHEAD);
		}
	}

}
