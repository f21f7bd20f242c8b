package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.Map;

import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Registers the beans that are annotated with {@link ZinxRouter}, under their bean names
 * and in the order of their definitions.
 * <p>
 * It looks at bean definitions when the server starts, and is no bean post-processor:
 * such a one would see a lazy router too late, a router wrapped by a later post-processor
 * unwrapped, and would make beans that it needs too early.
 */
public final class AnnotatedRouterRegistrar implements ZinxRouteRegistrar, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(AnnotatedRouterRegistrar.class);

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Make a registrar.
	 * @param beanFactory where the routers are
	 */
	public AnnotatedRouterRegistrar(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void register(RouteRegistry registry) {
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			if (!beanName.startsWith(BeanFactory.FACTORY_BEAN_PREFIX) && !ScopedProxyUtils.isScopedTarget(beanName)) {
				register(registry, beanName);
			}
		}
	}

	private void register(RouteRegistry registry, String beanName) {
		Class<?> beanClass = beanClass(beanName);
		if (beanClass == null) {
			return;
		}
		ZinxRouter annotation = findAnnotation(beanName, beanClass);
		if (annotation == null) {
			rejectHandlerMethods(beanName, beanClass);
			return;
		}
		Router router = router(beanName, beanClass);
		if (annotation.msgId().length == 0) {
			throw new InvalidRouterBeanException(beanName, "is annotated with @ZinxRouter for no message",
					"Give msgId at least one number.");
		}
		for (long msgId : annotation.msgId()) {
			registry.add(msgId, router, beanName);
		}
	}

	private Router router(String beanName, Class<?> beanClass) {
		if (!this.beanFactory.isSingleton(beanName)) {
			throw new InvalidRouterBeanException(beanName, "is annotated with @ZinxRouter and is not a singleton",
					"One router serves all connections: remove its scope, and keep what belongs to one "
							+ "connection in the connection's properties.");
		}
		warnIfLazy(beanName);
		if (!(this.beanFactory.getBean(beanName) instanceof Router router)) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter and is not a Router: it is a " + beanClass.getName(),
					"Implement " + Router.class.getName() + ", or remove the annotation.");
		}
		return router;
	}

	private void warnIfLazy(String beanName) {
		Lazy lazy = this.beanFactory.findAnnotationOnBean(beanName, Lazy.class, false);
		if (lazy != null && lazy.value()) {
			logger.warn("Router '{}' is @Lazy, which has no effect: routes are fixed when the server starts, so it "
					+ "is made now", beanName);
		}
	}

	private @Nullable ZinxRouter findAnnotation(String beanName, Class<?> beanClass) {
		Method factoryMethod = factoryMethod(beanName);
		ZinxRouter onMethod = (factoryMethod != null)
				? AnnotatedElementUtils.findMergedAnnotation(factoryMethod, ZinxRouter.class) : null;
		if (onMethod != null) {
			return onMethod;
		}
		ZinxRouter onClass = AnnotatedElementUtils.findMergedAnnotation(beanClass, ZinxRouter.class);
		return (onClass != null) ? onClass : this.beanFactory.findAnnotationOnBean(beanName, ZinxRouter.class, false);
	}

	private @Nullable Method factoryMethod(String beanName) {
		if (this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
			return definition.getResolvedFactoryMethod();
		}
		return null;
	}

	/**
	 * Routers are made here if they were not before: what is behind a proxy or behind the
	 * return type of a {@code @Bean} method, the bean alone can tell.
	 */
	private @Nullable Class<?> beanClass(String beanName) {
		if (this.beanFactory.isTypeMatch(beanName, Router.class) && this.beanFactory.isSingleton(beanName)) {
			return AopProxyUtils.ultimateTargetClass(this.beanFactory.getBean(beanName));
		}
		return AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
	}

	private void rejectHandlerMethods(String beanName, Class<?> beanClass) {
		if (beanClass.getName().startsWith("org.springframework.") || beanClass.getName().startsWith("java.")) {
			return;
		}
		for (Method method : annotatedMethods(beanClass).keySet()) {
			throw new InvalidRouterBeanException(beanName,
					"has a method annotated with @ZinxRouter that is no @Bean method: " + beanClass.getName() + "."
							+ method.getName(),
					"Put the annotation on a class that implements " + Router.class.getName()
							+ ", or on a @Bean method.");
		}
	}

	private static Map<Method, ZinxRouter> annotatedMethods(Class<?> beanClass) {
		try {
			return MethodIntrospector.selectMethods(beanClass,
					(MethodIntrospector.MetadataLookup<ZinxRouter>) AnnotatedRouterRegistrar::handlerAnnotation);
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("Cannot look for @ZinxRouter on the methods of {}", beanClass, ex);
			return Map.of();
		}
	}

	private static @Nullable ZinxRouter handlerAnnotation(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Bean.class) ? null
				: AnnotatedElementUtils.findMergedAnnotation(method, ZinxRouter.class);
	}

}
