package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.routing.AsyncRouter;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the beans that are annotated with {@link ZinxRouter} as they are made, and
 * registers them when the server starts: under their bean names, in the order of their
 * definitions, each as whatever other post-processors have made of it.
 * <p>
 * Keeps no state but the annotations found, and asks for no other bean before the server
 * starts, so that it makes none too early.
 */
public final class ZinxRouterBeanPostProcessor implements BeanPostProcessor, BeanFactoryAware, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(ZinxRouterBeanPostProcessor.class);

	private final Map<String, ZinxRouter> found = new ConcurrentHashMap<>();

	private final Set<Class<?>> withoutHandlerMethods = Collections.newSetFromMap(new ConcurrentHashMap<>());

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	private ConfigurableListableBeanFactory beanFactory() {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		if (factory == null) {
			throw new IllegalStateException("No bean factory was set");
		}
		return factory;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof FactoryBean || ScopedProxyUtils.isScopedTarget(beanName)) {
			return bean;
		}
		Class<?> beanClass = AopProxyUtils.ultimateTargetClass(bean);
		ZinxRouter annotation = findAnnotation(beanName, beanClass);
		if (annotation == null) {
			rejectHandlerMethods(beanName, beanClass);
			return bean;
		}
		requireUsable(beanName, bean, annotation);
		this.found.put(beanName, annotation);
		return bean;
	}

	private @Nullable ZinxRouter findAnnotation(String beanName, Class<?> beanClass) {
		Method factoryMethod = factoryMethod(beanName);
		ZinxRouter onMethod = (factoryMethod != null)
				? AnnotatedElementUtils.findMergedAnnotation(factoryMethod, ZinxRouter.class) : null;
		if (onMethod != null) {
			return onMethod;
		}
		if (beanFactory().containsBean(beanName) && beanFactory().isFactoryBean(beanName)) {
			return beanFactory().findAnnotationOnBean(beanName, ZinxRouter.class, false);
		}
		return AnnotatedElementUtils.findMergedAnnotation(beanClass, ZinxRouter.class);
	}

	private @Nullable Method factoryMethod(String beanName) {
		if (beanFactory().containsBeanDefinition(beanName)
				&& beanFactory().getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
			return definition.getResolvedFactoryMethod();
		}
		return null;
	}

	private void requireUsable(String beanName, Object bean, ZinxRouter annotation) {
		requireSingleton(beanName);
		if (!(bean instanceof Router || bean instanceof AsyncRouter)) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter and is not a Router: it is a " + bean.getClass().getName(),
					"Implement " + Router.class.getName() + " or " + AsyncRouter.class.getName()
							+ ", or remove the annotation.");
		}
		RouterMessages.requireValid(beanName, annotation);
	}

	private void requireSingleton(String beanName) {
		if (beanFactory().containsBean(beanName) && !beanFactory().isSingleton(beanName)) {
			throw new InvalidRouterBeanException(beanName, "is annotated with @ZinxRouter and is not a singleton",
					"One router serves all connections: remove its scope, and keep what belongs to one "
							+ "connection in the connection's properties.");
		}
	}

	private void rejectHandlerMethods(String beanName, Class<?> beanClass) {
		if (!AnnotationUtils.isCandidateClass(beanClass, ZinxRouter.class)
				|| beanClass.getName().startsWith("org.springframework.")
				|| this.withoutHandlerMethods.contains(beanClass)) {
			return;
		}
		for (Method method : annotatedMethods(beanClass).keySet()) {
			throw new InvalidRouterBeanException(beanName,
					"has a method annotated with @ZinxRouter that is no @Bean method: " + beanClass.getName() + "."
							+ method.getName(),
					"Put the annotation on a class that implements " + Router.class.getName()
							+ ", or on a @Bean method.");
		}
		this.withoutHandlerMethods.add(beanClass);
	}

	private static Map<Method, ZinxRouter> annotatedMethods(Class<?> beanClass) {
		try {
			return MethodIntrospector.selectMethods(beanClass,
					(MethodIntrospector.MetadataLookup<ZinxRouter>) ZinxRouterBeanPostProcessor::handlerAnnotation);
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

	/**
	 * Register the routers. Called when the server starts; makes those that are lazy.
	 * @param registry where to register them
	 */
	void register(RouteRegistry registry) {
		Set<String> beanNames = new LinkedHashSet<>();
		for (String beanName : beanFactory().getBeanNamesForType(Object.class, true, false)) {
			if (!beanName.startsWith(BeanFactory.FACTORY_BEAN_PREFIX) && !ScopedProxyUtils.isScopedTarget(beanName)) {
				makeIfLazy(beanName);
				beanNames.add(beanName);
			}
		}
		beanNames.addAll(this.found.keySet());
		beanNames.forEach((beanName) -> register(registry, beanName));
	}

	private void makeIfLazy(String beanName) {
		if (this.found.containsKey(beanName)) {
			return;
		}
		boolean annotated = beanFactory().findAnnotationOnBean(beanName, ZinxRouter.class, false) != null;
		if (annotated) {
			requireSingleton(beanName);
		}
		if (annotated || (isRouter(beanName) && beanFactory().isSingleton(beanName))) {
			beanFactory().getBean(beanName);
		}
	}

	private boolean isRouter(String beanName) {
		return beanFactory().isTypeMatch(beanName, Router.class)
				|| beanFactory().isTypeMatch(beanName, AsyncRouter.class);
	}

	private void register(RouteRegistry registry, String beanName) {
		ZinxRouter annotation = this.found.get(beanName);
		if (annotation == null) {
			return;
		}
		warnIfLazy(beanName);
		Object bean = beanFactory().getBean(beanName);
		Router router = (bean instanceof AsyncRouter later) ? later.asRouter() : (Router) bean;
		RouterMessages.register(registry, annotation, router, beanName);
	}

	private void warnIfLazy(String beanName) {
		Lazy lazy = beanFactory().findAnnotationOnBean(beanName, Lazy.class, false);
		if (lazy != null && lazy.value()) {
			logger.warn("Router '{}' is @Lazy, which has no effect: routes are fixed when the server starts, so it "
					+ "is made now", beanName);
		}
	}

}
