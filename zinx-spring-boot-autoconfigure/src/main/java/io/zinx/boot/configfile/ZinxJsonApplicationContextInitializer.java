package io.zinx.boot.configfile;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives files named by {@code @PropertySource}, which are added late, precedence over an
 * imported {@code zinx.json}.
 */
final class ZinxJsonApplicationContextInitializer
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(
				(beanFactory) -> ZinxJsonPropertySources.moveBehindAll(context.getEnvironment().getPropertySources()));
	}

}
