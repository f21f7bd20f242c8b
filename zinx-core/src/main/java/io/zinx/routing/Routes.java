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
 * The routers, middleware and interceptors of a started server. Immutable; any thread.
 */
public final class Routes {

	private static final Logger logger = LoggerFactory.getLogger(Routes.class);

	/** The most numbers, and the most ranges, that a log line names. */
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
	 * The execution of the messages of a number: the one of their router, also for its
	 * interceptors and middleware.
	 * @param msgId the message number
	 * @return the execution; {@link Execution#DEFAULT} also if there is no router
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
	 * All executions in use.
	 * @return those of routers, ranges and fallback, and {@link Execution#DEFAULT}
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
	 * The interceptors.
	 * @return in the order in which they are called
	 */
	public List<Interceptor> interceptors() {
		return List.of(this.interceptors);
	}

	/**
	 * The names of the interceptors, for lists of routers.
	 * @return the names of their classes and their ranges, in the order in which they are
	 * called
	 */
	public List<String> interceptorNames() {
		return Arrays.stream(this.interceptors)
			.map((interceptor) -> (interceptor instanceof RangedInterceptor) ? interceptor.toString()
					: RangedInterceptor.nameOf(interceptor))
			.toList();
	}

	/**
	 * Handle a message with interceptors, middleware and router. Throws nothing: their
	 * exceptions are logged.
	 * @param connection the connection of the message
	 * @param msgId its number
	 * @param buffer the buffer with its body; not released, and not used after the return
	 * @param bodyIndex the index of the first byte of the body
	 * @param bodyLength the length of the body in bytes
	 * @param waiting called before the return if the answer is asynchronous
	 * @return the outcome
	 */
	public Outcome handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
			PendingAnswer.Waiting waiting) {
		if (this.interceptors.length > 0) {
			return intercept(new Request(connection, msgId, buffer, bodyIndex, bodyLength), waiting);
		}
		Router router = router(msgId);
		if (router == null) {
			logUnknown(connection, msgId);
			return Outcome.UNKNOWN;
		}
		Request request = new Request(connection, msgId, buffer, bodyIndex, bodyLength);
		try {
			request.run(router);
			CompletionStage<?> answer = request.takeAnswer();
			return (answer == null) ? outcome(request) : await(request, "Router " + name(msgId), answer, waiting);
		}
		catch (Throwable ex) {
			logFailure("Router " + name(msgId), msgId, connection, ex);
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
		return new PendingAnswer(this, thrower, request, Outcome.HANDLED).await(stage, waiting);
	}

	/**
	 * Handle a message with middleware and router.
	 * @param request the message
	 * @return the outcome
	 * @throws Exception the exception of middleware or router
	 */
	Outcome route(Request request) throws Exception {
		Router router = router(request.msgId());
		if (router == null) {
			logUnknown(request.connection(), request.msgId());
			return Outcome.UNKNOWN;
		}
		request.run(router);
		return outcome(request);
	}

	private static Outcome outcome(Request request) {
		if (request.failure() != null) {
			return Outcome.FAILED;
		}
		return (request.handledFailure() != null) ? Outcome.RECOVERED : Outcome.HANDLED;
	}

	/**
	 * The router of a message number.
	 * @return its own, that of its range or the fallback; {@code null} if there is none
	 */
	private @Nullable Router router(long msgId) {
		Route route = find(msgId);
		if (route != null) {
			return route.router();
		}
		RouteRange range = findRange(msgId);
		return (range != null) ? range.router() : null;
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
	 * Log an exception, unless there were too many log lines in this second.
	 * @param thrower the name of the code that threw it
	 * @param msgId the number of the message
	 * @param connection the connection of the message
	 * @param ex the exception
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
	 * The outcome of a message.
	 */
	public enum Outcome {

		/** A router has handled it. */
		HANDLED,

		/**
		 * Its router failed, and an exception handler has handled the exception, see
		 * {@link Request#handledFailure(Throwable)}.
		 */
		RECOVERED,

		/** There is no router for its number. */
		UNKNOWN,

		/** Its router, middleware or an interceptor threw. */
		FAILED,

		/** A router has handled it except for an asynchronous answer. */
		WAITING,

		/**
		 * It reached no router, because an interceptor answered or dropped it; or an
		 * interceptor caught the exception of its router.
		 */
		INTERCEPTED

	}

}
