package io.zinx.routing;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.Connection;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of routers and what stands before them, fixed. Any thread.
 */
public final class Routes {

	private static final Logger logger = LoggerFactory.getLogger(Routes.class);

	/** How many numbers, and how many ranges, to name in a log line. */
	private static final int LISTED = 20;

	private final LogThrottle unknown = new LogThrottle(1, System::nanoTime);

	private final LogThrottle failed = new LogThrottle(10, System::nanoTime);

	private final List<Route> routes;

	/** Open addressing with linear probing, at most half full. */
	private final @Nullable Route[] table;

	private final List<RouteRange> ranges;

	private final @Nullable RouteRange fallback;

	private final Interceptor[] interceptors;

	/** The hints to log for numbers that have no router. */
	private final Map<Long, String> hints;

	Routes(Collection<Route> routes, Collection<RouteRange> ranges, @Nullable RouteRange fallback,
			List<Interceptor> interceptors, Map<Long, String> hints) {
		this.hints = Map.copyOf(hints);
		this.routes = List.copyOf(routes);
		this.ranges = List.copyOf(ranges);
		this.fallback = fallback;
		this.interceptors = interceptors.toArray(new Interceptor[0]);
		this.table = new Route[Integer.highestOneBit(Math.max(1, this.routes.size()) * 4 - 1)];
		for (Route route : this.routes) {
			int slot = slot(route.msgId());
			while (this.table[slot] != null) {
				slot = (slot + 1) & (this.table.length - 1);
			}
			this.table[slot] = route;
		}
	}

	private int slot(long msgId) {
		int hash = (int) msgId * 0x9E3779B9;
		return (hash >>> 16 ^ hash) & (this.table.length - 1);
	}

	/**
	 * Find the router of a message number, regardless of ranges and fallback.
	 * @param msgId the message number
	 * @return the route, or {@code null} if there is none
	 */
	public @Nullable Route find(long msgId) {
		int slot = slot(msgId);
		Route route = this.table[slot];
		while (route != null && route.msgId() != msgId) {
			slot = (slot + 1) & (this.table.length - 1);
			route = this.table[slot];
		}
		return route;
	}

	/**
	 * All routes.
	 * @return ascending by message number
	 */
	public List<Route> all() {
		return this.routes;
	}

	/**
	 * The ranges.
	 * @return ascending by message number
	 */
	public List<RouteRange> ranges() {
		return this.ranges;
	}

	/**
	 * The router of all numbers that have no other.
	 * @return a range of all numbers, or {@code null} if there is none
	 */
	public @Nullable RouteRange fallback() {
		return this.fallback;
	}

	/**
	 * On which thread the messages of a number are handled: where their router wants it,
	 * interceptors and middleware with it.
	 * @param msgId the message number
	 * @return the thread; {@link Execution#DEFAULT} if there is no router, too
	 */
	public Execution execution(long msgId) {
		Route route = find(msgId);
		if (route != null) {
			return route.execution();
		}
		RouteRange range = findRange(msgId);
		return (range != null) ? range.execution() : Execution.DEFAULT;
	}

	/**
	 * All threads that routers want.
	 * @return what routers, ranges and fallback say, and {@link Execution#DEFAULT}
	 */
	public Set<Execution> executions() {
		Set<Execution> executions = EnumSet.of(Execution.DEFAULT);
		this.routes.forEach((route) -> executions.add(route.execution()));
		this.ranges.forEach((range) -> executions.add(range.execution()));
		if (this.fallback != null) {
			executions.add(this.fallback.execution());
		}
		return executions;
	}

	/**
	 * What sees every message before middleware and router.
	 * @return in the order in which they are called
	 */
	public List<Interceptor> interceptors() {
		return List.of(this.interceptors);
	}

	/**
	 * What the interceptors are called where routers are listed.
	 * @return the names of their classes, and of which messages they are, in the order in
	 * which they are called
	 */
	public List<String> interceptorNames() {
		return Arrays.stream(this.interceptors)
			.map((interceptor) -> (interceptor instanceof RangedInterceptor) ? interceptor.toString()
					: RangedInterceptor.nameOf(interceptor))
			.toList();
	}

	/**
	 * Handle a message with interceptors, middleware and router. Throws nothing: what
	 * they throw is logged.
	 * @param connection who sent it
	 * @param msgId its number
	 * @param buffer where its body is; not released, and not used after the return
	 * @param bodyIndex where the body begins
	 * @param bodyLength how long it is
	 * @param waiting told if the answer comes later, before the return
	 * @return what became of it
	 */
	public Outcome handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
			PendingAnswer.Waiting waiting) {
		if (this.interceptors.length > 0) {
			return intercept(new Request(connection, msgId, buffer, bodyIndex, bodyLength), waiting);
		}
		Route route = find(msgId);
		if (route != null) {
			return handle(new Request(connection, msgId, buffer, bodyIndex, bodyLength), route.router(), route.name(),
					waiting);
		}
		RouteRange range = findRange(msgId);
		if (range != null) {
			return handle(new Request(connection, msgId, buffer, bodyIndex, bodyLength), range.router(), range.name(),
					waiting);
		}
		logUnknown(connection, msgId);
		return Outcome.UNKNOWN;
	}

	private Outcome handle(Request request, Router router, String name, PendingAnswer.Waiting waiting) {
		try {
			request.run(router);
			CompletionStage<?> answer = request.takeAnswer();
			return (answer == null) ? outcome(request) : await(request, "Router " + name, answer, waiting);
		}
		catch (Throwable ex) {
			logFailure("Router " + name, request.msgId(), request.connection(), ex);
			return Outcome.FAILED;
		}
		finally {
			request.handled();
		}
	}

	private Outcome intercept(Request request, PendingAnswer.Waiting waiting) {
		try {
			return new InterceptorChain(this, this.interceptors).handle(request, waiting);
		}
		finally {
			request.handled();
		}
	}

	private Outcome await(Request request, String thrower, CompletionStage<?> stage, PendingAnswer.Waiting waiting) {
		if (request.failure() != null) {
			return Outcome.FAILED;
		}
		return new PendingAnswer(this, thrower, request.msgId(), request.connection()).await(stage, waiting);
	}

	/**
	 * Handle a message with middleware and router.
	 * @param request the message
	 * @return what became of it
	 * @throws Exception what they threw
	 */
	Outcome route(Request request) throws Exception {
		Route route = find(request.msgId());
		RouteRange range = (route != null) ? null : findRange(request.msgId());
		if (route != null) {
			request.run(route.router());
		}
		else if (range != null) {
			request.run(range.router());
		}
		else {
			logUnknown(request.connection(), request.msgId());
			return Outcome.UNKNOWN;
		}
		return outcome(request);
	}

	private static Outcome outcome(Request request) {
		return (request.failure() != null) ? Outcome.FAILED : Outcome.HANDLED;
	}

	private @Nullable RouteRange findRange(long msgId) {
		int low = 0;
		int high = this.ranges.size() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			RouteRange range = this.ranges.get(middle);
			if (range.contains(msgId)) {
				return range;
			}
			if (msgId < range.from()) {
				high = middle - 1;
			}
			else {
				low = middle + 1;
			}
		}
		return this.fallback;
	}

	/**
	 * The name of the router of a message number.
	 * @param msgId the message number
	 * @return its name, empty if there is none
	 */
	String name(long msgId) {
		Route route = find(msgId);
		if (route != null) {
			return route.name();
		}
		RouteRange range = findRange(msgId);
		return (range != null) ? range.name() : "";
	}

	private void logUnknown(Connection connection, long msgId) {
		this.unknown
			.log((withheld) -> logger.warn(
					"Message {} of {} has no router and was dropped. {}There are routers for {} "
							+ "({} more since the last such line)",
					msgId, connection, hint(msgId), numbers(), withheld));
	}

	private String hint(long msgId) {
		String hint = this.hints.get(msgId);
		return (hint != null) ? hint + " " : "";
	}

	/**
	 * Log what was thrown, unless there was too much of it.
	 * @param thrower who threw it
	 * @param msgId on which message
	 * @param connection who sent that
	 * @param ex what was thrown
	 */
	void logFailure(String thrower, long msgId, Connection connection, Throwable ex) {
		this.failed.log((withheld) -> logger.error("{} failed on message {} of {} ({} more since the last such line)",
				thrower, msgId, connection, withheld, EscapedException.of(ex)));
	}

	private String numbers() {
		long[] first = this.routes.stream().mapToLong(Route::msgId).limit(LISTED).toArray();
		String numbers = Arrays.toString(first) + ((this.routes.size() > first.length) ? " and more" : "");
		if (this.ranges.isEmpty()) {
			return numbers;
		}
		List<RouteRange> ranges = this.ranges.subList(0, Math.min(LISTED, this.ranges.size()));
		return numbers + ", ranges " + ranges + ((this.ranges.size() > LISTED) ? " and more" : "");
	}

	/**
	 * What became of a message.
	 */
	public enum Outcome {

		/** A router has handled it. */
		HANDLED,

		/** No router is there for its number. */
		UNKNOWN,

		/** Its router, middleware or an interceptor threw. */
		FAILED,

		/** A router has handled it, but for an answer that comes later. */
		WAITING,

		/**
		 * It got to no router, because an interceptor has answered or dropped it; or an
		 * interceptor has dealt with what its router threw.
		 */
		INTERCEPTED

	}

}
