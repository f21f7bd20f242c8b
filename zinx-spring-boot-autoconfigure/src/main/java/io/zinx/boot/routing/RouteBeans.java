package io.zinx.boot.routing;

import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.routing.RouteRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * All beans that take part in routing. They are registered in this order, each kind by
 * its order as beans: interceptors, middleware annotated with {@link ZinxIntercept}, then
 * routes of {@link ZinxRouteRegistrar}s, then routers annotated with {@link ZinxRouter}.
 * So the middleware of a registrar runs before all annotated routers.
 * <p>
 * Annotated beans are checked when all singletons are there, whether or not a server
 * starts; the registrars are called when it does.
 */
public final class RouteBeans implements SmartInitializingSingleton {

	private final InterceptingBeans intercepting;

	private final RoutingNotes notes;

	private final ObjectProvider<ZinxRouteRegistrar> registrars;

	private final ZinxRouterBeanPostProcessor annotated;

	private final HandlerMethods handlerMethods;

	/**
	 * Create an instance. Looks up no bean yet.
	 * @param beanFactory has the interceptors and middleware
	 * @param registrars the beans that register by code
	 * @param annotated has the annotated routers
	 * @param handlerMethods makes routers of annotated methods
	 */
	public RouteBeans(ConfigurableListableBeanFactory beanFactory, ObjectProvider<ZinxRouteRegistrar> registrars,
			ZinxRouterBeanPostProcessor annotated, HandlerMethods handlerMethods) {
		this.intercepting = new InterceptingBeans(beanFactory);
		this.notes = new RoutingNotes(beanFactory, registrars);
		this.registrars = registrars;
		this.annotated = annotated;
		this.handlerMethods = handlerMethods;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.intercepting.check();
		this.annotated.check(this.handlerMethods);
	}

	/**
	 * Register the beans. Called once, before the server starts for the first time.
	 * @param registry where to register them
	 */
	public void register(RouteRegistry registry) {
		this.intercepting.register(registry);
		this.registrars.orderedStream().forEach((registrar) -> registrar.register(registry));
		this.annotated.register(registry, this.handlerMethods);
		this.notes.log(registry.snapshot(), this.annotated.handlerMethods(), this.annotated.handlingExceptions());
	}

}
