package io.zinx.boot.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.routing.Execution;
import io.zinx.routing.Route;
import io.zinx.routing.RouteRange;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A server, and a page of its connections.
 *
 * @param state {@code running}, {@code draining} or {@code stopped}
 * @param name its name
 * @param address the address it listens on, or {@code null} when it does not
 * @param port the port it listens on, or -1 when it does not
 * @param webSocketPort the port for WebSocket connections only, or {@code null} if there
 * is none
 * @param unixSocket the path of the Unix domain socket it listens on, or {@code null}
 * when it does not
 * @param transport {@code epoll} or {@code nio}, or {@code null} when stopped
 * @param codec the name of the wire format
 * @param workerMode on which threads messages are handled
 * @param started when it was started, or {@code null} when stopped
 * @param uptime the time since the start, or {@code null} when stopped
 * @param connectionCount the number of connections
 * @param maxConn the maximum number of connections
 * @param waiting the number of clients that wait for a slot
 * @param eventLoops the number of threads that do I/O
 * @param limits the use of the server's limits
 * @param workerQueueSizes the number of messages that wait for each worker
 * @param interceptors the classes of its interceptors, in the order in which they are
 * called
 * @param routes its routers: those of single numbers, then those of ranges, both
 * ascending, then the fallback
 * @param connections a page of its connections, ascending by number
 * @param next the value of {@code after} for the next page, or {@code null} if this is
 * the last one
 */
public record ZinxServerDescriptor(String state, String name, @Nullable String address, int port,
		@Nullable Integer webSocketPort, @Nullable String unixSocket, @Nullable String transport, String codec,
		String workerMode, @Nullable Instant started, @Nullable Duration uptime, int connectionCount, int maxConn,
		int waiting, int eventLoops, Map<String, LimitDescriptor> limits, List<Integer> workerQueueSizes,
		List<String> interceptors, List<RouteDescriptor> routes, List<ConnectionDescriptor> connections,
		@Nullable Long next) implements OperationResponseBody {

	/**
	 * A limit.
	 *
	 * @param used the amount in use
	 * @param max the maximum amount
	 */
	public record LimitDescriptor(long used, long max) {
	}

	/**
	 * A route: for one message number, for a range, or for all numbers without another
	 * route.
	 *
	 * @param msgId the message number, or {@code null} if there are many
	 * @param from the first number of a range, or {@code null} if it is none
	 * @param to the last number of a range, or {@code null} if it is none
	 * @param fallback whether it is for all numbers without another route
	 * @param router the name of the router, for example a bean name
	 * @param execution on which thread it handles messages, or {@code null} if the worker
	 * mode says
	 * @param handled the number of handled messages of this one message number, or
	 * {@code null}
	 * @param failed the number of these that have failed, or {@code null}
	 * @param exceptionsHandled the number of these whose exception an exception handler
	 * has handled, or {@code null}
	 * @param meanMillis the mean time that the router takes, of the messages that are
	 * measured, or {@code null}
	 * @param maxMillis the maximum time that it took, of those, or {@code null}
	 */
	public record RouteDescriptor(@Nullable Long msgId, @Nullable Long from, @Nullable Long to, boolean fallback,
			String router, @Nullable String execution, @Nullable Long handled, @Nullable Long failed,
			@Nullable Long exceptionsHandled, @Nullable Double meanMillis, @Nullable Double maxMillis) {

		static RouteDescriptor of(Route route, @Nullable HandlerCounters counters) {
			long msgId = route.msgId();
			String execution = execution(route.execution());
			if (counters == null) {
				return new RouteDescriptor(msgId, null, null, false, route.name(), execution, null, null, null, null,
						null);
			}
			double mean = counters.meanMillis(msgId);
			boolean known = !Double.isNaN(mean);
			return new RouteDescriptor(msgId, null, null, false, route.name(), execution, counters.handled(msgId),
					counters.handled(msgId, HandlerOutcome.FAILURE), counters.handled(msgId, HandlerOutcome.HANDLED),
					known ? mean : null, known ? counters.longestMillis(msgId) : null);
		}

		static RouteDescriptor of(RouteRange range) {
			return new RouteDescriptor(null, range.from(), range.to(), false, range.name(),
					execution(range.execution()), null, null, null, null, null);
		}

		static RouteDescriptor ofFallback(RouteRange range) {
			return new RouteDescriptor(null, null, null, true, range.name(), execution(range.execution()), null, null,
					null, null, null);
		}

		private static @Nullable String execution(Execution execution) {
			return (execution != Execution.DEFAULT) ? execution.toString() : null;
		}

	}

}
