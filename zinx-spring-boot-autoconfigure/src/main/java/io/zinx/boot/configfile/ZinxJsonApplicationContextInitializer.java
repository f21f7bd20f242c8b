package io.zinx.boot.configfile;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets files named by {@code @PropertySource}, which come late, go before an imported
 * {@code zinx.json}.
 */
final class ZinxJsonApplicationContextInitializer
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(
				(beanFactory) -> ZinxJsonPropertySources.moveBehindAll(context.getEnvironment().getPropertySources()));
	}

}
