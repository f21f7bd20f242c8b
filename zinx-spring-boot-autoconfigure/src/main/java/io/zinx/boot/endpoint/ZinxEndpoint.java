package io.zinx.boot.endpoint;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.zinx.boot.endpoint.ConnectionQuery.Page;
import io.zinx.boot.endpoint.ZinxServerDescriptor.LimitDescriptor;
import io.zinx.boot.endpoint.ZinxServerDescriptor.RouteDescriptor;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.dispatch.WorkerMode;
import io.zinx.dispatch.WorkerStatus;
import io.zinx.metrics.HandlerCounters;
import io.zinx.routing.Routes;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.transport.UnixSocketSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint that shows the server and its connections, and lets an operator
 * control it. Actions require that {@code management.endpoint.zinx.access} is
 * {@code unrestricted}. No read waits for an event loop, and the size of every answer is
 * bounded.
 */
@Endpoint(id = "zinx", defaultAccess = Access.READ_ONLY)
public class ZinxEndpoint {

	private final ZinxServer server;

	private final ZinxCluster cluster;

	private final Sanitizer sanitizer;

	private final Actions actions;

	private final InstantSource clock;

	/**
	 * Create an endpoint that hides the values of properties.
	 * @param server the server to show
	 */
	public ZinxEndpoint(ZinxServer server) {
		this(server, new Sanitizer());
	}

	/**
	 * Create an endpoint of a server without a cluster.
	 * @param server the server to show
	 * @param sanitizer hides values of connections' properties
	 */
	public ZinxEndpoint(ZinxServer server, Sanitizer sanitizer) {
		this(server, ZinxCluster.ofOneNode(server.connManager()), sanitizer);
	}

	/**
	 * Create an endpoint.
	 * @param server the server to show
	 * @param cluster its cluster
	 * @param sanitizer hides values of connections' properties
	 */
	public ZinxEndpoint(ZinxServer server, ZinxCluster cluster, Sanitizer sanitizer) {
		this(server, cluster, sanitizer, InstantSource.system());
	}

	ZinxEndpoint(ZinxServer server, ZinxCluster cluster, Sanitizer sanitizer, InstantSource clock) {
		this.server = server;
		this.cluster = cluster;
		this.sanitizer = sanitizer;
		this.actions = new Actions(server);
		this.clock = clock;
	}

	/**
	 * Show the server and a page of its connections.
	 * @param limit the maximum number of connections to show, 1 or more, 100 by default;
	 * never more than 1000 are shown
	 * @param after the number of the last connection of the page before; not together
	 * with a {@code sort} other than {@code id}
	 * @param remote only connections from this address, with or without port
	 * @param group only connections in this group
	 * @param key only connections that have bound this key
	 * @param state only connections that are {@code open}, {@code paused} or
	 * {@code closing}
	 * @param sort {@code id} (the default), {@code idle}, {@code messages-in},
	 * {@code bytes-in}, {@code bytes-out} or {@code queued}
	 * @return the server
	 */
	@ReadOperation
	@SuppressWarnings("checkstyle:ParameterNumber")
	public ZinxServerDescriptor server(@Nullable Integer limit, @Nullable Long after, @Nullable String remote,
			@Nullable String group, @Nullable String key, @Nullable String state, @Nullable String sort) {
		ConnectionQuery query = ConnectionQuery.of(limit, after, sort)
			.among(ConnectionFilter.of(remote, group, key, state));
		Page page = query.find(this.server.connManager());
		boolean next = page.more() && query.order() == ConnectionOrder.ID;
		return describe(page.connections(),
				next ? page.connections().get(page.connections().size() - 1).connId() : null);
	}

	private ZinxServerDescriptor describe(List<Connection> page, @Nullable Long next) {
		ServerConfig config = this.server.config();
		SocketAddress address = this.server.localAddress();
		Instant started = this.server.startedAt();
		Routes routes = this.server.routes().snapshot();
		ConnManager connections = this.server.connManager();
		return new ZinxServerDescriptor(this.server.phase().toString(), config.name(),
				(address != null) ? ConnectionDescriptor.address(address) : null, this.server.port(), webSocketPort(),
				unixSocket(), this.server.transportKind(), config.codec().name(), name(config.workers().mode()),
				started, (started != null) ? Duration.between(started, this.clock.instant()) : null, connections.size(),
				connections.maxConn(), connections.waiting(), config.transport().eventLoopCount(), limits(),
				this.server.workerQueueSizes(), routes.interceptorNames(), routes(routes),
				page.stream().map((connection) -> ConnectionDescriptor.of(connection, worker(connection))).toList(),
				next);
	}

	private @Nullable Integer webSocketPort() {
		boolean open = this.server.config().transport().hasWebSocketPort() && this.server.isRunning();
		return open ? this.server.webSocketPort() : null;
	}

	private @Nullable String unixSocket() {
		UnixSocketSettings settings = this.server.config().transport().effectiveUnixSocket();
		return (settings != null && this.server.isRunning()) ? settings.path().toString() : null;
	}

	private Map<String, LimitDescriptor> limits() {
		ServerConfig config = this.server.config();
		int queued = this.server.workers().stream().mapToInt(WorkerStatus::queued).max().orElse(0);
		Map<String, LimitDescriptor> limits = new LinkedHashMap<>();
		limits.put("connections",
				new LimitDescriptor(this.server.connManager().size(), this.server.connManager().maxConn()));
		limits.put("handshakes",
				new LimitDescriptor(this.server.pendingHandshakes(), config.transport().link().maxPendingHandshakes()));
		limits.put("workerQueue", new LimitDescriptor(queued, config.workers().maxTaskLen()));
		limits.put("inboundBytes",
				new LimitDescriptor(this.server.inbound().bytes(), config.inbound().totalMaxBytes()));
		limits.put("outboundBytes", new LimitDescriptor(this.server.bytesQueued(), config.outbound().totalMaxBytes()));
		return limits;
	}

	private @Nullable Integer worker(Connection connection) {
		WorkerMode mode = this.server.config().workers().mode();
		return (mode == WorkerMode.HASH) ? (int) (connection.connId() % this.server.config().workers().poolSize())
				: null;
	}

	private List<RouteDescriptor> routes(Routes routes) {
		HandlerCounters counters = this.server.connManager().metrics().handlers();
		return Stream
			.of(routes.all().stream().map((route) -> RouteDescriptor.of(route, counters)),
					routes.ranges().stream().map(RouteDescriptor::of),
					Stream.ofNullable(routes.fallback()).map(RouteDescriptor::ofFallback))
			.flatMap(Function.identity())
			.toList();
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Show a part of the server, or one connection with the values of its properties
	 * hidden.
	 * @param selector {@code routes}, {@code groups}, {@code workers}, {@code cluster},
	 * or the connection's number
	 * @return what was selected, or {@code null} if there is no such thing
	 */
	@ReadOperation
	public @Nullable OperationResponseBody selected(@Selector String selector) {
		return selected(selector, false);
	}

	@Nullable OperationResponseBody selected(String selector, boolean showValues) {
		return switch (selector) {
			case "routes" -> {
				Routes routes = this.server.routes().snapshot();
				yield new RoutesDescriptor(routes.interceptorNames(), routes(routes));
			}
			case "groups" -> GroupsDescriptor.of(this.server.connManager());
			case "workers" -> WorkersDescriptor.of(this.server);
			case "cluster" -> ClusterDescriptor.of(this.cluster);
			default -> connection(find(selector), showValues);
		};
	}

	private @Nullable ConnectionDetailsDescriptor connection(@Nullable Connection connection, boolean showValues) {
		if (connection == null) {
			return null;
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String name : ConnectionDescriptor.sorted(connection.propertyNames())) {
			Object value = connection.property(name);
			if (value != null) {
				properties.put(ConnectionDescriptor.shown(name), sanitized(name, value, showValues));
			}
		}
		return ConnectionDetailsDescriptor.of(connection, worker(connection), properties);
	}

	private String sanitized(String name, Object value, boolean showValues) {
		if (!showValues) {
			return SanitizableData.SANITIZED_VALUE;
		}
		Object shown = this.sanitizer.sanitize(new SanitizableData(null, name, value), true);
		return ConnectionDescriptor.shown(String.valueOf(shown));
	}

	/**
	 * Perform an action.
	 * @param action {@code kick} the connections that one of the next three parameters
	 * selects, {@code drain} or {@code resume} the server, or {@code trace} a connection
	 * @param key kick the connections that have bound this key
	 * @param group kick the connections in this group
	 * @param remote kick the connections from this address, with or without port
	 * @param connId the number of the connection to trace
	 * @param seconds the time to trace it, 1 to 3600, 30 by default
	 * @return the result
	 */
	@WriteOperation
	public ActionDescriptor act(String action, @Nullable String key, @Nullable String group, @Nullable String remote,
			@Nullable Long connId, @Nullable Integer seconds) {
		return switch (action) {
			case "kick" -> this.actions.kick(key, group, remote);
			case "drain" -> this.actions.drain();
			case "resume" -> this.actions.resume();
			case "trace" -> this.actions.trace(connId, seconds);
			default -> throw RequestParameters.invalid("action", action, "kick, drain, resume or trace");
		};
	}

	/**
	 * Close a connection with {@link CloseReason#KICKED}. Returns without waiting for the
	 * close.
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
