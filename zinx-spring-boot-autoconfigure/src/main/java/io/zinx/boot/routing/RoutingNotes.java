package io.zinx.boot.routing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.AsyncRouter;
import io.zinx.routing.Router;
import io.zinx.routing.RouterFunction;
import io.zinx.routing.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Notes in the log about beans and annotations that have no effect, one line for each
 * kind: a warning where it is surely a mistake. Used at startup.
 */
final class RoutingNotes {

	private static final Logger logger = LoggerFactory.getLogger(RoutingNotes.class);

	private static final String MESSAGING = "org.springframework.messaging.";

	/** The annotations for other protocols on the methods that handle their messages. */
	private static final List<String> FOREIGN = List.of(MESSAGING + "handler.annotation.SendTo",
			MESSAGING + "handler.annotation.MessageMapping", MESSAGING + "simp.annotation.SendToUser",
			MESSAGING + "simp.annotation.SubscribeMapping", MESSAGING + "rsocket.annotation.ConnectMapping");

	/** The types of beans that give those annotations their effect. */
	private static final List<String> FOREIGN_HANDLERS = List.of(
			MESSAGING + "handler.invocation.AbstractMethodMessageHandler",
			MESSAGING + "handler.invocation.reactive.AbstractMethodMessageHandler");

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<ZinxRouteRegistrar> registrars;

	RoutingNotes(ConfigurableListableBeanFactory beanFactory, ObjectProvider<ZinxRouteRegistrar> registrars) {
		this.beanFactory = beanFactory;
		this.registrars = registrars;
	}

	/**
	 * Write the notes.
	 * @param routes the routes of the application
	 * @param handlers the methods that handle messages, by bean
	 * @param handlingExceptions the beans with methods that handle exceptions
	 */
	void log(Routes routes, Map<String, Set<Method>> handlers, Set<String> handlingExceptions) {
		aboutRoutes(routes);
		aboutUnusedRouters(routes);
		aboutExceptionHandlers(handlers.keySet(), handlingExceptions);
		aboutForeignAnnotations(handlers);
		aboutParents();
	}

	private void aboutRoutes(Routes routes) {
		if (!routes.all().isEmpty() || !routes.ranges().isEmpty() || routes.fallback() != null) {
			return;
		}
		String line = "The application has no Zinx router, so every message of a client is unknown: annotate a method "
				+ "of a bean with @ZinxRouter, below the package of the application";
		boolean pushing = !routes.interceptorNames().isEmpty() || isPresent(ConnectionListener.class);
		note(!pushing, line);
	}

	private boolean isPresent(Class<?> type) {
		return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

	/**
	 * A bean on which others depend is used by these, maybe by a registrar.
	 */
	private void aboutUnusedRouters(Routes routes) {
		boolean registrar = this.registrars.stream().findAny().isPresent();
		Set<String> unused = new TreeSet<>();
		for (Class<?> type : List.of(Router.class, AsyncRouter.class)) {
			names(type).filter((name) -> isUnused(name, ZinxRouter.class) && !isRegistered(name, routes))
				.forEach(unused::add);
		}
		if (!unused.isEmpty()) {
			note(!registrar, "Router beans without @ZinxRouter receive no message, unless code registers them: {}",
					unused);
		}
		List<String> functions = names(RouterFunction.class).filter((name) -> isUnused(name, ZinxIntercept.class))
			.sorted()
			.toList();
		if (!functions.isEmpty()) {
			note(!registrar,
					"RouterFunction beans without @ZinxIntercept are never called, unless code registers them: {}",
					functions);
		}
	}

	private Stream<String> names(Class<?> type) {
		return Stream.of(this.beanFactory.getBeanNamesForType(type, true, false))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name));
	}

	private boolean isUnused(String name, Class<? extends Annotation> annotation) {
		return this.beanFactory.findAnnotationOnBean(name, annotation, false) == null
				&& this.beanFactory.getDependentBeans(name).length == 0;
	}

	private boolean isRegistered(String name, Routes routes) {
		if (!this.beanFactory.containsSingleton(name)) {
			return false;
		}
		Object bean = this.beanFactory.getBean(name);
		String className = bean.getClass().getName();
		return Stream
			.concat(routes.all().stream().map((route) -> isIt(route.router(), route.name(), bean, className)),
					Stream.concat(routes.ranges().stream(), Stream.ofNullable(routes.fallback()))
						.map((range) -> isIt(range.router(), range.name(), bean, className)))
			.anyMatch(Boolean::booleanValue);
	}

	/**
	 * Behind middleware, a router is known only by its name.
	 */
	private static boolean isIt(Router router, String name, Object bean, String className) {
		return router == bean || name.equals(className);
	}

	private void aboutExceptionHandlers(Set<String> handlers, Set<String> handlingExceptions) {
		Set<String> advice = new TreeSet<>(names(Object.class)
			.filter((name) -> this.beanFactory.findAnnotationOnBean(name, ZinxAdvice.class, false) != null)
			.toList());
		Set<String> unused = new TreeSet<>(handlingExceptions);
		unused.removeAll(advice);
		unused.removeAll(handlers);
		if (!unused.isEmpty()) {
			note(true,
					"Exception handlers of these beans are never called, because they have no method with "
							+ "@ZinxRouter: {}. Annotate the class with @ZinxAdvice to handle those of all beans",
					unused);
		}
		if (handlers.isEmpty() && !advice.isEmpty()) {
			note(false, "The exception handlers of {} are never called: no method is annotated with @ZinxRouter, and "
					+ "those that are Routers handle their exceptions themselves", advice);
		}
		advice.removeAll(handlingExceptions);
		if (!advice.isEmpty()) {
			note(true, "These beans are annotated with @ZinxAdvice, but have no method with @{}: {}",
					ZinxExceptionHandler.class.getSimpleName(), advice);
		}
	}

	private void aboutForeignAnnotations(Map<String, Set<Method>> handlers) {
		List<String> found = new ArrayList<>();
		handlers.forEach((name, methods) -> methods.forEach((method) -> {
			for (String annotation : FOREIGN) {
				if (AnnotatedElementUtils.isAnnotated(method, annotation)) {
					found.add("@" + ClassUtils.getShortName(annotation) + " on " + RouterNames.ofMethod(name, method));
				}
			}
		}));
		if (!found.isEmpty()) {
			note(!handlesOtherMessages(), "Annotations of Spring's messaging have no effect on messages of Zinx: {}. "
					+ "@ZinxRouter has the numbers of the messages and, in reply, that of the answer", found);
		}
	}

	private boolean handlesOtherMessages() {
		ClassLoader loader = this.beanFactory.getBeanClassLoader();
		return FOREIGN_HANDLERS.stream()
			.filter((name) -> ClassUtils.isPresent(name, loader))
			.anyMatch((name) -> isPresent(ClassUtils.resolveClassName(name, loader)));
	}

	private void aboutParents() {
		Set<String> found = new TreeSet<>();
		BeanFactory each = this.beanFactory.getParentBeanFactory();
		while (each instanceof ListableBeanFactory parent) {
			found.addAll(OutsideBeans.find(parent, true));
			each = (parent instanceof HierarchicalBeanFactory child) ? child.getParentBeanFactory() : null;
		}
		if (!found.isEmpty()) {
			note(true, "Beans with @ZinxRouter or @ZinxAdvice in a parent of the context with the server have no "
					+ "effect: {}. Define them in the context with the server", found);
		}
	}

	private static void note(boolean mistake, String line, Object... arguments) {
		if (mistake) {
			logger.warn(line, arguments);
		}
		else {
			logger.info(line, arguments);
		}
	}

}
