package io.zinx.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The registry of routers, middleware and interceptors, open until the server starts. Any
 * thread.
 * <p>
 * A message goes through the interceptors, then the middleware, then to its router: the
 * one of its number, else the one of its range, else the fallback. Middleware applies to
 * routers that are registered after it.
 */
public final class RouteRegistry {

	private final Map<Long, Route> routes = new TreeMap<>();

	private final NavigableMap<Long, RouteRange> ranges = new TreeMap<>();

	private final List<RangedFunction> middleware = new ArrayList<>();

	private final List<Interceptor> interceptors = new ArrayList<>();

	/** The hints to log for numbers that have no router. */
	private final Map<Long, String> hints = new TreeMap<>();

	private @Nullable RouteRange fallback;

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
		return add(msgId, router, CodeNames.of(router));
	}

	/**
	 * Register a router.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry add(long msgId, Router router, String name) {
		return add(msgId, router, name, Execution.DEFAULT);
	}

	/**
	 * Register a router with an execution of its own.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @param execution the kind of thread that handles its messages
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry add(long msgId, Router router, String name, Execution execution) {
		return add(msgId, List.of(), router, name, execution);
	}

	/**
	 * Register functions that handle a message one after the other, in this order.
	 * @param msgId the message number, 0 to 4294967295
	 * @param name their name in logs and errors
	 * @param functions the functions, 1 or more
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalArgumentException if there is no function
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry add(long msgId, String name, RouterFunction... functions) {
		return add(msgId, router(functions), name);
	}

	/**
	 * Register a router of the framework for a number for which the application has none.
	 * It runs without middleware, and takes the number out of a range or fallback of the
	 * application.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @param name its name in logs
	 * @throws IllegalStateException if the server was started without it
	 */
	public synchronized void addBuiltIn(long msgId, Router router, String name) {
		if (!this.routes.containsKey(msgId)) {
			requireOpen("Router " + name + " for message " + msgId);
			this.routes.put(msgId, new Route(msgId, router, name, Execution.DEFAULT));
		}
	}

	/**
	 * Set an explanation for the log line about a message that has no router.
	 * @param msgId the message number, 0 to 4294967295
	 * @param hint a complete sentence
	 */
	public synchronized void explainUnknown(long msgId, String hint) {
		this.hints.put(msgId, hint);
	}

	/**
	 * Register an asynchronous router under the name of its class.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @return this registry
	 * @throws DuplicateRouteException if the number has a router
	 * @throws InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry addAsync(long msgId, AsyncRouter router) {
		Objects.requireNonNull(router, "router");
		return add(msgId, router.asRouter(), CodeNames.of(router));
	}

	static Router router(RouterFunction... functions) {
		if (functions.length == 0) {
			throw new IllegalArgumentException("functions: none (expected: 1 or more)");
		}
		return new FunctionRouter(List.of(functions));
	}

	/**
	 * Register a router behind the global middleware and that of its group.
	 */
	synchronized RouteRegistry add(long msgId, List<RouterFunction> group, Router router, String name,
			Execution execution) {
		Objects.requireNonNull(router, "router");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(execution, "execution");
		if (!Message.isMsgId(msgId)) {
			throw new InvalidRouteException(msgId, name);
		}
		requireOpen("Router " + name + " for message " + msgId);
		Route route = new Route(msgId, behindMiddleware(msgId, msgId, group, router), name, execution);
		Route present = this.routes.putIfAbsent(msgId, route);
		if (present != null) {
			throw new DuplicateRouteException(msgId, present.name(), name);
		}
		return this;
	}

	private Router behindMiddleware(long from, long to, List<RouterFunction> group, Router router) {
		List<RouterFunction> before = new ArrayList<>();
		for (RangedFunction ranged : this.middleware) {
			RouterFunction function = ranged.before(from, to);
			if (function != null) {
				before.add(function);
			}
		}
		return FunctionRouter.behind(before, FunctionRouter.behind(group, router));
	}

	/**
	 * Register middleware: functions that run before every router that is registered
	 * <em>after</em> this call, those of ranges and the fallback included. Routers that
	 * are already registered run without them.
	 * @param functions the functions, in the order in which they run, behind those of
	 * earlier calls
	 * @return this registry
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry use(RouterFunction... functions) {
		return use(0, Message.MAX_MSG_ID, functions);
	}

	/**
	 * Register middleware for a range of message numbers, as
	 * {@link #use(RouterFunction...)}. Routers of other numbers pay nothing for it.
	 * @param from the first message number, 0 to 4294967295
	 * @param to the last message number, {@code from} to 4294967295
	 * @param functions the functions, in the order in which they run, behind those of
	 * earlier calls
	 * @return this registry
	 * @throws IllegalArgumentException if this is no range of message numbers
	 * @throws IllegalStateException if the server was started
	 */
	public synchronized RouteRegistry use(long from, long to, RouterFunction... functions) {
		requireRange(from, to);
		requireOpen("Middleware");
		List<RangedFunction> ranged = new ArrayList<>();
		for (RouterFunction function : functions) {
			ranged.add(new RangedFunction(from, to, Objects.requireNonNull(function, "function")));
		}
		this.middleware.addAll(ranged);
		return this;
	}

	/**
	 * Create a group of message numbers with middleware of its own. Groups may overlap;
	 * the middleware of one does not affect the other.
	 * @param from the first message number, 0 to 4294967295
	 * @param to the last message number, {@code from} to 4294967295
	 * @param middleware the middleware, as for {@link RouteGroup#use}
	 * @return a new group
	 * @throws IllegalArgumentException if this is no range of message numbers
	 */
	public RouteGroup group(long from, long to, RouterFunction... middleware) {
		requireRange(from, to);
		return new RouteGroup(this, from, to).use(middleware);
	}

	/**
	 * Register a router for those numbers of a range that have no router of their own.
	 * @param from the first message number, 0 to 4294967295
	 * @param to the last message number, {@code from} to 4294967295
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @return this registry
	 * @throws OverlappingRangesException if some of the numbers belong to another range
	 * @throws IllegalArgumentException if this is no range of message numbers
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry range(long from, long to, Router router, String name) {
		return range(from, to, router, name, Execution.DEFAULT);
	}

	/**
	 * Register a router with an execution of its own for those numbers of a range that
	 * have no router of their own.
	 * @param from the first message number, 0 to 4294967295
	 * @param to the last message number, {@code from} to 4294967295
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @param execution the kind of thread that handles its messages
	 * @return this registry
	 * @throws OverlappingRangesException if some of the numbers belong to another range
	 * @throws IllegalArgumentException if this is no range of message numbers
	 * @throws IllegalStateException if the server was started
	 */
	public synchronized RouteRegistry range(long from, long to, Router router, String name, Execution execution) {
		Objects.requireNonNull(router, "router");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(execution, "execution");
		requireRange(from, to);
		requireOpen("Router " + name + " for messages " + from + " to " + to);
		RouteRange range = new RouteRange(from, to, behindMiddleware(from, to, List.of(), router), name, execution);
		Map.Entry<Long, RouteRange> before = this.ranges.floorEntry(to);
		if (before != null && before.getValue().to() >= from) {
			throw new OverlappingRangesException(before.getValue(), range);
		}
		this.ranges.put(from, range);
		return this;
	}

	private static void requireRange(long from, long to) {
		if (!Message.isMsgId(from) || !Message.isMsgId(to) || from > to) {
			throw new IllegalArgumentException("range: " + from + " to " + to + " (expected: two numbers from 0 to "
					+ Message.MAX_MSG_ID + ", the smaller one first)");
		}
	}

	/**
	 * Register the fallback under the name of its class: the router of all numbers that
	 * have no other. With it, no message is unknown.
	 * @param router the router
	 * @return this registry
	 * @throws OverlappingRangesException if there is one already
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry fallback(Router router) {
		Objects.requireNonNull(router, "router");
		return fallback(router, CodeNames.of(router));
	}

	/**
	 * Register the fallback: the router of all numbers that have no other. With it, no
	 * message is unknown.
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @return this registry
	 * @throws OverlappingRangesException if there is one already
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry fallback(Router router, String name) {
		return fallback(router, name, Execution.DEFAULT);
	}

	/**
	 * Register the fallback with an execution of its own: the router of all numbers that
	 * have no other. With it, no message is unknown.
	 * @param router the router
	 * @param name its name in logs and errors, for example a bean name
	 * @param execution the kind of thread that handles its messages
	 * @return this registry
	 * @throws OverlappingRangesException if there is one already
	 * @throws IllegalStateException if the server was started
	 */
	public synchronized RouteRegistry fallback(Router router, String name, Execution execution) {
		Objects.requireNonNull(router, "router");
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(execution, "execution");
		requireOpen("Fallback router " + name);
		RouteRange range = new RouteRange(0, Message.MAX_MSG_ID,
				behindMiddleware(0, Message.MAX_MSG_ID, List.of(), router), name, execution);
		if (this.fallback != null) {
			throw new OverlappingRangesException(this.fallback, range);
		}
		this.fallback = range;
		return this;
	}

	/**
	 * Register an interceptor, behind those that are there. It is called for all
	 * messages, whether their routers are registered before or after it.
	 * @param interceptor the interceptor
	 * @return this registry
	 * @throws IllegalStateException if the server was started
	 */
	public synchronized RouteRegistry interceptor(Interceptor interceptor) {
		Objects.requireNonNull(interceptor, "interceptor");
		requireOpen("Interceptor " + interceptor.getClass().getName());
		this.interceptors.add(interceptor);
		return this;
	}

	/**
	 * Register an interceptor for a range of message numbers, behind those that are
	 * there.
	 * @param from the first message number, 0 to 4294967295
	 * @param to the last message number, {@code from} to 4294967295
	 * @param interceptor the interceptor
	 * @return this registry
	 * @throws IllegalArgumentException if this is no range of message numbers
	 * @throws IllegalStateException if the server was started
	 */
	public RouteRegistry interceptor(long from, long to, Interceptor interceptor) {
		Objects.requireNonNull(interceptor, "interceptor");
		requireRange(from, to);
		return interceptor(new RangedInterceptor(from, to, interceptor));
	}

	synchronized void requireOpen(String what) {
		if (this.closed) {
			throw new IllegalStateException(what + " comes too late: routes are fixed once the server has started");
		}
	}

	/**
	 * Close the registry: no more routers, middleware and interceptors can be registered.
	 * @return the routes
	 */
	public synchronized Routes close() {
		this.closed = true;
		return snapshot();
	}

	/**
	 * The current routes.
	 * @return a snapshot
	 */
	public synchronized Routes snapshot() {
		return new Routes(this.routes.values(), this.ranges.values(), this.fallback, this.interceptors, this.hints);
	}

}
