package io.zinx.routing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A group of message numbers with middleware in common. A route of the group runs the
 * global middleware, then that of the group, then its own functions; of both, the
 * middleware that was registered before the route. Any thread.
 */
public final class RouteGroup {

	private final RouteRegistry registry;

	private final long from;

	private final long to;

	private final List<RouterFunction> middleware = new CopyOnWriteArrayList<>();

	RouteGroup(RouteRegistry registry, long from, long to) {
		this.registry = registry;
		this.from = from;
		this.to = to;
	}

	/**
	 * Register middleware: functions that run before every router that is added to this
	 * group <em>after</em> this call.
	 * @param functions the functions, in the order in which they run, behind those of
	 * earlier calls
	 * @return this group
	 * @throws IllegalStateException if the server was started
	 */
	public RouteGroup use(RouterFunction... functions) {
		this.registry.requireOpen("Middleware of the messages " + this.from + " to " + this.to);
		this.middleware.addAll(List.of(functions));
		return this;
	}

	/**
	 * Register a router under the name of its class.
	 * @param msgId the message number, within the group
	 * @param router the router
	 * @return this group
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is not within the group
	 * @throws IllegalStateException if the server was started
	 */
	public RouteGroup add(long msgId, Router router) {
		Objects.requireNonNull(router, "router");
		return add(msgId, router, CodeNames.of(router));
	}

	/**
	 * Register a router.
	 * @param msgId the message number, within the group
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @return this group
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is not within the group
	 * @throws IllegalStateException if the server was started
	 */
	public RouteGroup add(long msgId, Router router, String name) {
		return add(msgId, router, name, Execution.DEFAULT);
	}

	/**
	 * Register a router with an execution of its own.
	 * @param msgId the message number, within the group
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @param execution the kind of thread that handles its messages
	 * @return this group
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is not within the group
	 * @throws IllegalStateException if the server was started
	 */
	public RouteGroup add(long msgId, Router router, String name, Execution execution) {
		if (msgId < this.from || msgId > this.to) {
			throw new InvalidRouteException(msgId, name, this.from, this.to);
		}
		this.registry.add(msgId, List.copyOf(this.middleware), router, name, execution);
		return this;
	}

	/**
	 * Register functions that handle a message one after the other, in this order.
	 * @param msgId the message number, within the group
	 * @param name their name in logs and errors
	 * @param functions the functions, 1 or more
	 * @return this group
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is not within the group
	 * @throws IllegalArgumentException if there is no function
	 * @throws IllegalStateException if the server was started
	 */
	public RouteGroup add(long msgId, String name, RouterFunction... functions) {
		return add(msgId, RouteRegistry.router(functions), name);
	}

}
