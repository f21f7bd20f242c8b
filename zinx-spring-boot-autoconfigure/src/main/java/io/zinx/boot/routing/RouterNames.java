package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Describes routers by name and origin.
 */
final class RouterNames {

	/** The separator between the name of a bean and its method. */
	private static final char METHOD = '#';

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	RouterNames(@Nullable BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	/**
	 * Name the router that is a method.
	 * @param beanName its bean
	 * @param method the method
	 * @return for example {@code orders#order(Order)}
	 */
	static String ofMethod(String beanName, Method method) {
		return beanName + METHOD + method.getName()
				+ Stream.of(method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"));
	}

	/**
	 * Describe a router.
	 * @param name the name that a router was registered under, for example a bean name
	 * @return the name in quotes and, if it is a bean or a method of one, where that is
	 * defined
	 */
	String describe(String name) {
		int end = name.indexOf(METHOD);
		String beanName = (end < 0) ? name : name.substring(0, end);
		if (this.beanFactory == null || !this.beanFactory.containsBeanDefinition(beanName)) {
			return "'" + name + "'";
		}
		return "'" + name + "' (" + source(this.beanFactory.getMergedBeanDefinition(beanName)) + ")";
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
