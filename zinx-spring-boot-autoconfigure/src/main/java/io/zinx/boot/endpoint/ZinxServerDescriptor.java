package io.zinx.boot.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.zinx.routing.Execution;
import io.zinx.routing.Route;
import io.zinx.routing.RouteRange;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A server, and a page of its connections.
 *
 * @param state {@code started}, {@code stopped}, {@code starting} or {@code stopping}
 * @param name its name
 * @param address the address it listens on, or {@code null} when it does not
 * @param port the port it listens on, or -1 when it does not
 * @param transport {@code epoll} or {@code nio}, or {@code null} when stopped
 * @param codec the name of the wire format
 * @param workerMode on which threads messages are handled
 * @param started when it was started, or {@code null} when stopped
 * @param uptime how long ago that is, or {@code null} when stopped
 * @param connectionCount how many connections there are
 * @param maxConn how many there can be
 * @param workerQueueSizes how many messages wait for each worker
 * @param interceptors the classes of its interceptors, in the order in which they are
 * called
 * @param routes its routers: those of single numbers, then those of ranges, both
 * ascending, then the fallback
 * @param connections a page of its connections, ascending by number
 * @param next what to pass as {@code after} to get the next page, or {@code null} if this
 * is the last
 */
public record ZinxServerDescriptor(String state, String name, @Nullable String address, int port,
		@Nullable String transport, String codec, String workerMode, @Nullable Instant started,
		@Nullable Duration uptime, int connectionCount, int maxConn, List<Integer> workerQueueSizes,
		List<String> interceptors, List<RouteDescriptor> routes, List<ConnectionDescriptor> connections,
		@Nullable Long next) implements OperationResponseBody {

	/**
	 * A route: of one message number, of a range, or of all that have no other.
	 *
	 * @param msgId the message number, or {@code null} if there are many
	 * @param from the first number of a range, or {@code null} if it is none
	 * @param to the last number of a range, or {@code null} if it is none
	 * @param fallback whether it is of all numbers that have no other
	 * @param router the name of the router, for example a bean name
	 * @param execution on which thread it handles messages, or {@code null} if the worker
	 * mode says
	 */
	public record RouteDescriptor(@Nullable Long msgId, @Nullable Long from, @Nullable Long to, boolean fallback,
			String router, @Nullable String execution) {

		static RouteDescriptor of(Route route) {
			return new RouteDescriptor(route.msgId(), null, null, false, route.name(), execution(route.execution()));
		}

		static RouteDescriptor of(RouteRange range) {
			return new RouteDescriptor(null, range.from(), range.to(), false, range.name(),
					execution(range.execution()));
		}

		static RouteDescriptor ofFallback(RouteRange range) {
			return new RouteDescriptor(null, null, null, true, range.name(), execution(range.execution()));
		}

		private static @Nullable String execution(Execution execution) {
			return (execution != Execution.DEFAULT) ? execution.toString() : null;
		}

	}

}
