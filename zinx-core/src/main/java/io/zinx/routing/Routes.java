package io.zinx.routing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.Connection;
import io.zinx.connection.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of routers, fixed. Any thread.
 */
public final class Routes {

	private static final Logger logger = LoggerFactory.getLogger(Routes.class);

	private final LogThrottle unknown = new LogThrottle(1, System::nanoTime);

	private final LogThrottle failed = new LogThrottle(10, System::nanoTime);

	private final List<Route> routes;

	/** Open addressing with linear probing, at most half full. */
	private final @Nullable Route[] table;

	Routes(Collection<Route> routes) {
		this.routes = List.copyOf(routes);
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
	 * Find the router of a message number.
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
	 * Handle a message with its router. Throws nothing: what the router throws is logged.
	 * @param connection who sent it
	 * @param msgId its number
	 * @param buffer where its body is; not released, and not used after the return
	 * @param bodyIndex where the body begins
	 * @param bodyLength how long it is
	 * @return what became of it
	 */
	public Outcome handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		Route route = find(msgId);
		if (route == null) {
			logUnknown(connection, msgId);
			return Outcome.UNKNOWN;
		}
		Request request = new Request(connection, msgId, buffer, bodyIndex, bodyLength);
		Router router = route.router();
		try {
			router.preHandle(request);
			router.handle(request);
			router.postHandle(request);
			return Outcome.HANDLED;
		}
		catch (Throwable ex) {
			logFailure(route, connection, ex);
			return Outcome.FAILED;
		}
		finally {
			request.handled();
		}
	}

	private void logUnknown(Connection connection, long msgId) {
		this.unknown.log((withheld) -> logger.warn(
				"Message {} from {} has no router and was dropped ({} more unknown messages since the last such line). "
						+ "Routers are there for {}",
				msgId, connection, withheld, numbers()));
	}

	private void logFailure(Route route, Connection connection, Throwable ex) {
		this.failed.log((withheld) -> logger.error(
				"Router {} failed on message {} of {} ({} more failures since the last such line)", route.name(),
				route.msgId(), connection, withheld, ex));
	}

	private String numbers() {
		long[] first = this.routes.stream().mapToLong(Route::msgId).limit(20).toArray();
		return Arrays.toString(first) + ((this.routes.size() > first.length) ? " and more" : "");
	}

	/**
	 * What became of a message.
	 */
	public enum Outcome {

		/** A router has handled it. */
		HANDLED,

		/** No router is there for its number. */
		UNKNOWN,

		/** Its router threw. */
		FAILED

	}

}
