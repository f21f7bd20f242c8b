package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.handler.invoke.HandlerMethods;
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
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the beans that are annotated with {@link ZinxRouter}, or have methods that are,
 * as they are created. When all singletons are there, it creates the lazy ones and checks
 * them all, and when the server starts it registers them: under their bean names, in the
 * order of their definitions, as proxies if other post-processors create these. Looks up
 * no other bean before that, so that none is created too early.
 */
public final class ZinxRouterBeanPostProcessor implements BeanPostProcessor, BeanFactoryAware, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(ZinxRouterBeanPostProcessor.class);

	private final Map<String, ZinxRouter> found = new ConcurrentHashMap<>();

	private final HandlerMethodFinder methods = new HandlerMethodFinder();

	private final Set<String> withMethods = ConcurrentHashMap.newKeySet();

	private final Set<String> handlingExceptions = ConcurrentHashMap.newKeySet();

	/** The routers of methods, by the names of their beans. Used at startup. */
	private final Map<String, List<MethodRoute>> routes = new HashMap<>();

	/** The beans to look at, in order; empty until all singletons are there. */
	private final Set<String> beanNames = new LinkedHashSet<>();

	/** The lazy beans that were named in the log. */
	private final Set<String> warned = new HashSet<>();

	private volatile boolean registered;

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
		if (annotation != null) {
			requireUsable(beanName, bean, annotation);
			this.found.put(beanName, annotation);
		}
		boolean hasMethods = !this.methods.find(beanClass).isEmpty();
		if (hasMethods) {
			requireSingleton(beanName, "has methods annotated with @ZinxRouter");
			this.withMethods.add(beanName);
		}
		if (this.methods.handlesExceptions(beanClass)) {
			this.handlingExceptions.add(beanName);
		}
		if (this.registered && (annotation != null || hasMethods)) {
			logger
				.warn("Bean '{}' handles messages, but was created after the server had started, so it receives none: "
						+ "create it when the application starts", beanName);
		}
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
		requireSingleton(beanName, "is annotated with @ZinxRouter");
		if (!(bean instanceof Router || bean instanceof AsyncRouter)) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter, but is not a Router: it is a " + bean.getClass().getName(),
					"Implement " + Router.class.getName() + " or " + AsyncRouter.class.getName()
							+ ", or annotate its methods instead.");
		}
		RouterMessages.requireValid(beanName, annotation);
		if (annotation.reply() != ZinxRouter.NONE || annotation.payload() != PayloadFormat.DEFAULT
				|| !annotation.charset().isEmpty()) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter with reply, payload or charset, but is a Router, which replies itself",
					"Remove these attributes, or annotate a method that returns the reply.");
		}
	}

	private void requireSingleton(String beanName, String annotated) {
		requireSingleton(beanFactory(), beanName, annotated);
	}

	static void requireSingleton(BeanFactory beanFactory, String beanName, String annotated) {
		if (beanFactory.containsBean(beanName) && !beanFactory.isSingleton(beanName)) {
			throw new InvalidRouterBeanException(beanName, annotated + ", but is not a singleton",
					"One instance serves all connections: remove its scope, and keep the state of a connection "
							+ "in the properties of that connection.");
		}
	}

	/**
	 * Create the routers that are lazy, and check all: the methods, and that no two
	 * routers have the same message. Called when all singletons are there.
	 * @param handlerMethods makes routers of methods
	 */
	void check(HandlerMethods handlerMethods) {
		for (String beanName : beanFactory().getBeanNamesForType(Object.class, true, false)) {
			if (!beanName.startsWith(BeanFactory.FACTORY_BEAN_PREFIX) && !ScopedProxyUtils.isScopedTarget(beanName)) {
				makeIfLazy(beanName);
				this.beanNames.add(beanName);
			}
		}
		registerAll(new RouteRegistry(), handlerMethods);
	}

	/**
	 * Register the routers, those included that were created since they were checked.
	 * Called when the server starts.
	 * @param registry where to register them
	 * @param handlerMethods makes routers of methods
	 */
	void register(RouteRegistry registry, HandlerMethods handlerMethods) {
		registerAll(registry, handlerMethods);
		this.registered = true;
	}

	private void registerAll(RouteRegistry registry, HandlerMethods handlerMethods) {
		this.beanNames.addAll(this.found.keySet());
		this.beanNames.addAll(this.withMethods);
		for (String beanName : this.beanNames) {
			register(registry, beanName);
			for (MethodRoute route : routes(beanName, handlerMethods)) {
				RouterMessages.register(registry, route.annotation, route.router, route.name);
			}
		}
	}

	/**
	 * The methods that handle messages, by bean.
	 */
	Map<String, Set<Method>> handlerMethods() {
		Map<String, Set<Method>> all = new TreeMap<>();
		for (String beanName : this.withMethods) {
			Class<?> beanClass = AopProxyUtils.ultimateTargetClass(beanFactory().getBean(beanName));
			all.put(beanName, this.methods.find(beanClass).keySet());
		}
		return all;
	}

	/**
	 * The names of the beans that have methods which handle exceptions.
	 */
	Set<String> handlingExceptions() {
		return Set.copyOf(this.handlingExceptions);
	}

	private void makeIfLazy(String beanName) {
		if (this.found.containsKey(beanName) || this.withMethods.contains(beanName)) {
			return;
		}
		boolean annotated = beanFactory().findAnnotationOnBean(beanName, ZinxRouter.class, false) != null;
		if (annotated) {
			requireSingleton(beanName, "is annotated with @ZinxRouter");
		}
		boolean hasMethods = hasMethods(beanName);
		if (hasMethods) {
			requireSingleton(beanName, "has methods annotated with @ZinxRouter");
		}
		if (annotated || hasMethods || (isRouter(beanName) && beanFactory().isSingleton(beanName))) {
			beanFactory().getBean(beanName);
		}
	}

	private boolean hasMethods(String beanName) {
		Class<?> type = beanFactory().getType(beanName, false);
		return type != null && !this.methods.find(type).isEmpty();
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

	private List<MethodRoute> routes(String beanName, HandlerMethods handlerMethods) {
		List<MethodRoute> routes = this.routes.get(beanName);
		if (routes == null && this.withMethods.contains(beanName)) {
			warnIfLazy(beanName);
			routes = make(beanName, handlerMethods);
			this.routes.put(beanName, routes);
		}
		return (routes != null) ? routes : List.of();
	}

	private List<MethodRoute> make(String beanName, HandlerMethods handlerMethods) {
		List<MethodRoute> routes = new ArrayList<>();
		Object bean = beanFactory().getBean(beanName);
		this.methods.find(AopProxyUtils.ultimateTargetClass(bean)).forEach((method, annotation) -> {
			String name = RouterNames.ofMethod(beanName, method);
			RouterMessages.requireValid(name, annotation);
			Router router = handlerMethods.router(bean, method, annotation.reply(), annotation.payload(),
					annotation.charset());
			routes.add(new MethodRoute(annotation, router, name));
		});
		return routes;
	}

	private void warnIfLazy(String beanName) {
		Lazy lazy = beanFactory().findAnnotationOnBean(beanName, Lazy.class, false);
		if (lazy != null && lazy.value() && this.warned.add(beanName)) {
			logger.warn("Router '{}' is @Lazy, which has no effect: routes are fixed when the server starts, so it "
					+ "is created now", beanName);
		}
	}

	/**
	 * A router that is a method.
	 *
	 * @param annotation has its messages
	 * @param router calls the method
	 * @param name its name
	 */
	private record MethodRoute(ZinxRouter annotation, Router router, String name) {
	}

}
