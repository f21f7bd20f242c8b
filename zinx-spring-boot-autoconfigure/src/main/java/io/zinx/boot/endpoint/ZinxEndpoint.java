package io.zinx.boot.endpoint;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.zinx.boot.endpoint.ZinxServerDescriptor.RouteDescriptor;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.routing.Routes;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows the server and its connections, and throws connections out. The latter only if
 * {@code management.endpoint.zinx.access} is {@code unrestricted}.
 */
@Endpoint(id = "zinx", defaultAccess = Access.READ_ONLY)
public class ZinxEndpoint {

	/** How many connections a page has, unless asked for another number. */
	public static final int DEFAULT_LIMIT = 100;

	/** The most connections of a page. */
	public static final int MAX_LIMIT = 1000;

	private final ZinxServer server;

	private final InstantSource clock;

	/**
	 * Make an endpoint.
	 * @param server what to show
	 */
	public ZinxEndpoint(ZinxServer server) {
		this(server, InstantSource.system());
	}

	ZinxEndpoint(ZinxServer server, InstantSource clock) {
		this.server = server;
		this.clock = clock;
	}

	/**
	 * Show the server and a page of its connections.
	 * @param limit the most connections to show, 1 or more; never more than
	 * {@value #MAX_LIMIT} are shown
	 * @param after the number of the last connection of the page before
	 * @return the server
	 */
	@ReadOperation
	public ZinxServerDescriptor server(@Nullable Integer limit, @Nullable Long after) {
		int pageSize = pageSize(limit);
		List<Connection> found = this.server.connManager().page((after != null) ? after : 0, pageSize + 1);
		boolean more = found.size() > pageSize;
		List<Connection> page = more ? found.subList(0, pageSize) : found;
		return describe(page, more ? page.get(pageSize - 1).connId() : null);
	}

	private static int pageSize(@Nullable Integer limit) {
		if (limit == null) {
			return DEFAULT_LIMIT;
		}
		if (limit < 1) {
			throw new InvalidEndpointRequestException("limit: " + limit + " (expected: 1 or more)",
					"limit must be 1 or more");
		}
		return Math.min(limit, MAX_LIMIT);
	}

	private ZinxServerDescriptor describe(List<Connection> page, @Nullable Long next) {
		ServerConfig config = this.server.config();
		SocketAddress address = this.server.localAddress();
		Instant started = this.server.startedAt();
		Routes routes = this.server.routes().snapshot();
		return new ZinxServerDescriptor(name(this.server.state()), config.name(),
				(address != null) ? ConnectionDescriptor.address(address) : null, this.server.port(),
				this.server.transportKind(), config.codec().name(), name(config.workers().mode()), started,
				(started != null) ? Duration.between(started, this.clock.instant()) : null,
				this.server.connManager().size(), this.server.connManager().maxConn(), this.server.workerQueueSizes(),
				interceptors(routes), routes(routes), page.stream().map(ConnectionDescriptor::of).toList(), next);
	}

	private static List<String> interceptors(Routes routes) {
		return routes.interceptorNames();
	}

	private static List<RouteDescriptor> routes(Routes routes) {
		return Stream
			.of(routes.all().stream().map(RouteDescriptor::of), routes.ranges().stream().map(RouteDescriptor::of),
					Stream.ofNullable(routes.fallback()).map(RouteDescriptor::ofFallback))
			.flatMap(Function.identity())
			.toList();
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Show one connection.
	 * @param selector the connection's number
	 * @return the connection, or {@code null} if there is none of that number
	 */
	@ReadOperation
	public @Nullable ConnectionDetailsDescriptor connection(@Selector String selector) {
		Connection connection = find(selector);
		return (connection != null) ? ConnectionDetailsDescriptor.of(connection) : null;
	}

	/**
	 * Throw a connection out, with {@link CloseReason#KICKED}. Returns at once.
	 * @param connId the connection's number
	 * @return whether there is a connection of that number
	 */
	@DeleteOperation
	public boolean kick(@Selector String connId) {
		Connection connection = find(connId);
		if (connection == null) {
			return false;
		}
		connection.close(CloseReason.KICKED);
		return true;
	}

	private @Nullable Connection find(String connId) {
		try {
			return this.server.connManager().get(Long.parseLong(connId));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
