package io.zinx.routing;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.zinx.message.Message;

/**
 * Where routers are registered until the server starts. Any thread.
 */
public final class RouteRegistry {

	private final Map<Long, Route> routes = new TreeMap<>();

	private boolean closed;

	/**
	 * Register a router under the name of its class.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry add(long msgId, Router router) {
		Objects.requireNonNull(router, "router");
		return add(msgId, router, router.getClass().getName());
	}

	/**
	 * Register a router.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @param name what it is called in logs and errors, for example a bean name
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public synchronized RouteRegistry add(long msgId, Router router, String name) {
		Objects.requireNonNull(router, "router");
		Objects.requireNonNull(name, "name");
		if (!Message.isMsgId(msgId)) {
			throw new InvalidRouteException(msgId, name);
		}
		if (this.closed) {
			throw new IllegalStateException("Router " + name + " for message " + msgId
					+ " comes too late: routes are fixed once the server has started");
		}
		Route present = this.routes.putIfAbsent(msgId, new Route(msgId, router, name));
		if (present != null) {
			throw new DuplicateRouteException(msgId, present.name(), name);
		}
		return this;
	}

	/**
	 * Accept no more routers.
	 * @return the table of those registered
	 */
	public synchronized Routes close() {
		this.closed = true;
		return new Routes(this.routes.values());
	}

	/**
	 * The table as it stands.
	 * @return a snapshot
	 */
	public synchronized Routes snapshot() {
		return new Routes(this.routes.values());
	}

}
