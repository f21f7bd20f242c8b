package io.zinx.boot.routing;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says where a router comes from.
 */
final class RouterNames {

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	RouterNames(@Nullable BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	/**
	 * Describe a router.
	 * @param name a bean name, or what else a router was registered under
	 * @return the name in quotes and, if it is a bean, where it is defined
	 */
	String describe(String name) {
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(name)) {
			return "'" + name + "'";
		}
		return "'" + name + "' (" + source(this.beanFactory.getMergedBeanDefinition(name)) + ")";
	}

	private static String source(BeanDefinition definition) {
		String resource = definition.getResourceDescription();
		if (definition.getFactoryMethodName() != null) {
			return "bean method '" + definition.getFactoryMethodName() + "'"
					+ ((resource != null) ? " in " + resource : "");
		}
		return (resource != null) ? "defined in " + resource : "class " + definition.getBeanClassName();
	}

}
