package io.zinx.boot.routing;

import io.zinx.routing.RouteRegistry;

/**
 * A bean that registers routers by code. Called in order, once, before the server starts
 * for the first time; routers annotated with {@link ZinxRouter} are registered after all
 * of them, after the middleware they have registered.
 */
@FunctionalInterface
public interface ZinxRouteRegistrar {

	/**
	 * Register routers.
	 * @param registry where to register them
	 */
	void register(RouteRegistry registry);

}
