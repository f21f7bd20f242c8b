package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.Map;

import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Checks the declarations of annotated routers, handler methods and exception handlers
 * ahead of time, when there are no beans yet, so that a mistake fails the build. Adds
 * nothing to the application.
 */
final class RouteDeclarations implements BeanFactoryInitializationAotProcessor {

	private static final Router NEVER_CALLED = (request) -> {
		throw new IllegalStateException("This router exists at build time only");
	};

	private final HandlerMethodFinder methods = new HandlerMethodFinder();

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(RouteBeans.class, true, false).length > 0) {
			check(beanFactory);
		}
		return null;
	}

	private void check(ConfigurableListableBeanFactory beanFactory) {
		RouteRegistry registry = new RouteRegistry();
		for (String beanName : beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = beanFactory.getType(beanName, false);
			if (type != null && !beanName.startsWith(BeanFactory.FACTORY_BEAN_PREFIX)
					&& !ScopedProxyUtils.isScopedTarget(beanName)) {
				check(beanFactory, beanName, registry);
				checkMethods(beanFactory, beanName, ClassUtils.getUserClass(type), registry);
			}
		}
	}

	private void check(ConfigurableListableBeanFactory beanFactory, String beanName, RouteRegistry registry) {
		ZinxRouter annotation = beanFactory.findAnnotationOnBean(beanName, ZinxRouter.class, false);
		if (annotation != null) {
			ZinxRouterBeanPostProcessor.requireSingleton(beanFactory, beanName, "is annotated with @ZinxRouter");
			RouterMessages.requireValid(beanName, annotation);
			RouterMessages.register(registry, annotation, NEVER_CALLED, beanName);
		}
	}

	private void checkMethods(ConfigurableListableBeanFactory beanFactory, String beanName, Class<?> beanClass,
			RouteRegistry registry) {
		Map<Method, ZinxRouter> found = this.methods.find(beanClass);
		if (!found.isEmpty()) {
			ZinxRouterBeanPostProcessor.requireSingleton(beanFactory, beanName,
					"has methods annotated with @ZinxRouter");
		}
		found.forEach((method, annotation) -> {
			String name = RouterNames.ofMethod(beanName, method);
			RouterMessages.requireValid(name, annotation);
			HandlerMethods.check(beanClass, method, annotation.reply(), beanFactory);
			RouterMessages.register(registry, annotation, NEVER_CALLED, name);
		});
		if (!found.isEmpty() || beanFactory.findAnnotationOnBean(beanName, ZinxAdvice.class, false) != null) {
			HandlerMethods.checkExceptionHandlers(beanClass);
		}
	}

}
