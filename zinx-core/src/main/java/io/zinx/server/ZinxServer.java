package io.zinx.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionListener;
import io.zinx.dispatch.WorkerStatus;
import io.zinx.inbound.InboundStatus;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.routing.AsyncRouter;
import io.zinx.routing.Interceptor;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.routing.RouterFunction;
import io.zinx.transport.ServerBindException;
import io.zinx.worker.RunningHandler;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the Zinx protocol.
 *
 * <pre>{@code
 * ZinxServer server = new ZinxServer(ServerConfig.builder().port(8999).build());
 * server.router(1, (request) -> request.reply(1, request.body()));
 * server.start();
 * }</pre>
 *
 * Routers are registered until it starts. It can be stopped and started again any number
 * of times, on the same port; connection numbers and counters go on. All methods may be
 * called from any thread.
 */
public final class ZinxServer {

	private static final Duration LONGEST_TRACE = Duration.ofHours(1);

	private final ServerConfig config;

	private final ConnManager connManager;

	private final RouteRegistry routes;

	private final ServerLifecycle lifecycle;

	/**
	 * Make a server of its own.
	 * @param config what it is told
	 */
	public ZinxServer(ServerConfig config) {
		this(config, new ConnManager(config.maxConn()), new RouteRegistry(), List::of);
	}

	/**
	 * Make a server of given parts.
	 * @param config what it is told
	 * @param connManager where its connections are admitted and known
	 * @param routes where its routers are registered
	 * @param listeners asked at each start for the hooks, in order
	 */
	public ZinxServer(ServerConfig config, ConnManager connManager, RouteRegistry routes,
			Supplier<List<ConnectionListener>> listeners) {
		this.config = Objects.requireNonNull(config, "config");
		this.connManager = Objects.requireNonNull(connManager, "connManager");
		this.routes = Objects.requireNonNull(routes, "routes");
		this.lifecycle = new ServerLifecycle(config, connManager, routes,
				Objects.requireNonNull(listeners, "listeners"));
	}

	/**
	 * Register a router.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @return this server
	 * @throws io.zinx.routing.DuplicateRouteException if the number has a router
	 * @throws io.zinx.routing.InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public ZinxServer router(long msgId, Router router) {
		this.routes.add(msgId, router);
		return this;
	}

	/**
	 * Register a router that answers later.
	 * @param msgId the message number, 0 to 4294967295
	 * @param router the router
	 * @return this server
	 * @throws io.zinx.routing.DuplicateRouteException if the number has a router
	 * @throws io.zinx.routing.InvalidRouteException if the number is out of range
	 * @throws IllegalStateException if the server was started
	 */
	public ZinxServer asyncRouter(long msgId, AsyncRouter router) {
		this.routes.addAsync(msgId, router);
		return this;
	}

	/**
	 * Register functions that handle a message one after the other, in this order.
	 * @param msgId the message number, 0 to 4294967295
	 * @param name what they are called in logs and errors
	 * @param functions the functions, 1 or more
	 * @return this server
	 * @throws io.zinx.routing.DuplicateRouteException if the number has a router
	 * @throws io.zinx.routing.InvalidRouteException if the number is out of range
	 * @throws IllegalArgumentException if there is no function
	 * @throws IllegalStateException if the server was started
	 */
	public ZinxServer router(long msgId, String name, RouterFunction... functions) {
		this.routes.add(msgId, name, functions);
		return this;
	}

	/**
	 * Register middleware for the routers that are registered after this call, as
	 * {@link RouteRegistry#use}. Groups, ranges and the fallback are registered with
	 * {@link #routes()}.
	 * @param functions the functions, in the order in which they run
	 * @return this server
	 * @throws IllegalStateException if the server was started
	 */
	public ZinxServer use(RouterFunction... functions) {
		this.routes.use(functions);
		return this;
	}

	/**
	 * Register an interceptor, behind those that are there.
	 * @param interceptor the interceptor
	 * @return this server
	 * @throws IllegalStateException if the server was started
	 */
	public ZinxServer interceptor(Interceptor interceptor) {
		this.routes.interceptor(interceptor);
		return this;
	}

	/**
	 * Start: listen and accept. Returns when clients can connect; does nothing when
	 * started.
	 * @throws ServerBindException if the server cannot listen where it should; it is
	 * stopped then, and can be started again
	 */
	public void start() {
		this.lifecycle.start();
	}

	/**
	 * Stop within the configured grace period, as {@link #stop(Duration)}.
	 */
	public void stop() {
		stop(this.config.gracePeriod());
	}

	/**
	 * Stop. In this order:
	 * <ol>
	 * <li>stop accepting;
	 * <li>say goodbye to every client;
	 * <li>at each connection, at a time chosen by chance within the close window: read
	 * what its client had sent, let it be handled, write what was sent, and close it with
	 * {@link io.zinx.connection.CloseReason#SERVER_STOPPING};
	 * <li>when the grace period is over: log what is unfinished, close every connection
	 * that is left, interrupt what is still being handled, and call {@code onStop} where
	 * it was not called;
	 * <li>end all threads.
	 * </ol>
	 * Returns when all is done: at the latest {@code outbound.flush-timeout} and six
	 * seconds after the grace period, whatever routers and hooks do. Does nothing when
	 * stopped. A second call with a shorter grace period cuts the first one short.
	 * <p>
	 * A router or hook may call it. It is not waited for then, nor are connections that
	 * wait for its thread. The same holds for one that calls {@link System#exit}.
	 * @param gracePeriod how long to wait for messages to be handled; zero or less for
	 * not at all
	 */
	public void stop(Duration gracePeriod) {
		stop(gracePeriod, Thread.currentThread());
	}

	/**
	 * Stop, on behalf of another thread.
	 * @param gracePeriod as for {@link #stop(Duration)}
	 * @param caller the thread that waits for this call; if it runs a router or hook,
	 * that is not waited for
	 */
	public void stop(Duration gracePeriod, Thread caller) {
		this.lifecycle.stop(gracePeriod, Objects.requireNonNull(caller, "caller"));
	}

	/**
	 * Part from all clients and go on running, so that {@link #resume()} can take that
	 * back. Nobody can connect; everybody is told goodbye and leaves as in
	 * {@link #stop(Duration)}, with {@link io.zinx.connection.CloseReason#DRAINED}. Who
	 * has not left when the configured grace period is over is cut off. Returns soon,
	 * while clients leave.
	 * @return whether this call has begun it; {@code false} when not started, or draining
	 * @throws IllegalStateException if called by a router or hook
	 */
	public boolean drain() {
		return this.lifecycle.drain();
	}

	/**
	 * End a drain: clients can connect again, on the same port, and those that have not
	 * left may stay.
	 * @return whether a drain was under way that is ended now
	 * @throws ServerBindException if another process listens on the port now, or a router
	 * blocks the event loop that is to accept; the drain goes on then
	 * @throws IllegalStateException if called by a router or hook
	 */
	public boolean resume() {
		return this.lifecycle.resume();
	}

	/**
	 * Where the server stands.
	 * @return the state
	 */
	public State state() {
		return this.lifecycle.state();
	}

	/**
	 * What clients may expect.
	 * @return the phase
	 */
	public ServerPhase phase() {
		return this.lifecycle.phase();
	}

	/**
	 * Be told of each change of {@link #phase()}, before it takes effect where clients
	 * are turned away, and after it where they can come.
	 * @param listener told by the thread that starts, drains or stops the server; what it
	 * throws is logged
	 */
	public void onPhase(Consumer<ServerPhase> listener) {
		this.lifecycle.onPhase(Objects.requireNonNull(listener, "listener"));
	}

	/**
	 * Why the server could not listen when it last tried.
	 * @return the reason, or {@code null} if it could
	 */
	public @Nullable ServerBindException lastBindError() {
		return this.lifecycle.lastBindError();
	}

	/**
	 * Whether the server is started. While it drains, it is.
	 * @return whether the server is started
	 */
	public boolean isRunning() {
		return state() == State.STARTED;
	}

	/**
	 * The port it listens on.
	 * @return the real port, also when port 0 was configured; -1 when not started, or in
	 * memory
	 */
	public int port() {
		return (localAddress() instanceof InetSocketAddress inet) ? inet.getPort() : -1;
	}

	/**
	 * The address it listens on.
	 * @return the address with the real port, a
	 * {@link io.netty.channel.local.LocalAddress} when in memory, or {@code null} when
	 * not started
	 */
	public @Nullable SocketAddress localAddress() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.localAddress() : null;
	}

	/**
	 * What does the I/O.
	 * @return {@code epoll}, {@code nio} or {@code in-memory}, or {@code null} when not
	 * started
	 */
	public @Nullable String transportKind() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.transportKind() : null;
	}

	/**
	 * When it was started.
	 * @return the time, or {@code null} when not started
	 */
	public @Nullable Instant startedAt() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.startedAt() : null;
	}

	/**
	 * How many messages wait for each worker.
	 * @return one number for each worker; empty when not started or in mode
	 * {@code event-loop}
	 */
	public List<Integer> workerQueueSizes() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.workerQueueSizes() : List.of();
	}

	/**
	 * The workers.
	 * @return a snapshot; empty when not started, or if there are none
	 */
	public List<WorkerStatus> workers() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.dispatcher().workers() : List.of();
	}

	/**
	 * The handlers that have been at work for a second or longer, but for those on event
	 * loops.
	 * @return a snapshot, the longest first; at most 1000
	 */
	public List<RunningHandler> runningHandlers() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.dispatcher().running() : List.of();
	}

	/**
	 * Log what a connection reads and writes, in hex, to logger {@code io.zinx.trace}.
	 * @param connId its number
	 * @param duration for how long, more than zero, up to an hour
	 * @return whether there is a connection of that number
	 * @throws IllegalArgumentException if the duration is out of range
	 */
	public boolean trace(long connId, Duration duration) {
		if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_TRACE) > 0) {
			throw new IllegalArgumentException("duration: " + duration + " (expected: more than zero, up to an hour)");
		}
		ServerRun current = this.lifecycle.run();
		return current != null && current.trace(connId, duration);
	}

	/**
	 * The memory that is held for what was received and is not handled.
	 * @return a snapshot; {@link InboundStatus#NOTHING} when not started
	 */
	public InboundStatus inbound() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.inbound() : InboundStatus.NOTHING;
	}

	/**
	 * How many bytes wait to be written on all connections, but for those on which less
	 * than 16 KiB wait.
	 * @return bytes, about; 0 when not started
	 */
	public long bytesQueued() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.bytesQueued() : 0;
	}

	/**
	 * The threads that do I/O, to measure them.
	 * @return Netty's group, or {@code null} when not started
	 */
	public @Nullable EventLoopGroup eventLoops() {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? current.transport().eventLoops() : null;
	}

	/**
	 * What it was told.
	 * @return the configuration
	 */
	public ServerConfig config() {
		return this.config;
	}

	/**
	 * Its connections.
	 * @return the manager
	 */
	public ConnManager connManager() {
		return this.connManager;
	}

	/**
	 * Its routers.
	 * @return the registry; accepts no more once the server was started
	 */
	public RouteRegistry routes() {
		return this.routes;
	}

}
