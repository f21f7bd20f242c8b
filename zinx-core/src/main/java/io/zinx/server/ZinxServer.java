package io.zinx.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.Objects;
import java.util.function.Consumer;

import io.netty.channel.EventLoopGroup;
import io.zinx.connection.ConnManager;
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
 * Routers are registered until it starts. It can be stopped and started again, on the
 * same port; connection numbers and counters continue. Any thread may call all methods.
 */
public final class ZinxServer {

	private final ConnManager connManager;

	private final RouteRegistry routes;

	private final ServerLifecycle lifecycle;

	/**
	 * Create a server without listeners, with a connection manager and routes of its own.
	 * @param config the configuration
	 */
	public ZinxServer(ServerConfig config) {
		this(builder(config));
	}

	ZinxServer(ZinxServerBuilder builder) {
		this.connManager = builder.connManager();
		this.routes = builder.routes;
		this.lifecycle = new ServerLifecycle(builder.config, this.connManager, this.routes, builder.hooks());
	}

	/**
	 * Create a builder of a server, for listeners and for parts that exist already.
	 * @param config the configuration
	 * @return a new builder
	 */
	public static ZinxServerBuilder builder(ServerConfig config) {
		Objects.requireNonNull(config, "config");
		return ZinxServerBuilder.of(() -> config);
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
	 * @param name their name in logs and errors
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
	 * Start the server: listen and accept. Returns when clients can connect; has no
	 * effect when started.
	 * @throws ServerBindException if the server cannot listen on a configured address; it
	 * stays stopped and can be started again
	 */
	public void start() {
		this.lifecycle.start();
	}

	/**
	 * Stop within the configured grace period, as {@link #stop(Duration)}.
	 */
	public void stop() {
		stop(config().gracePeriod());
	}

	/**
	 * Stop the server, in this order:
	 * <ol>
	 * <li>stop accepting;
	 * <li>send the goodbye message to every client;
	 * <li>drain each connection, at a random time within the close window: read the
	 * messages its client has sent, handle them, write the answers, and close it with
	 * {@link io.zinx.connection.CloseReason#SERVER_STOPPING};
	 * <li>when the grace period is over: log unfinished work, close every connection that
	 * is left, interrupt the handlers that still run, and call {@code onStop} where it
	 * was not called;
	 * <li>end all threads.
	 * </ol>
	 * Returns when all is done, at the latest {@code zinx.outbound.flush-timeout} and six
	 * seconds after the grace period, whatever routers and listeners do. Has no effect
	 * when stopped. A second call with a shorter grace period shortens that of the first
	 * one.
	 * <p>
	 * A router or listener may call this method. The stop then does not wait for it, nor
	 * for connections that wait for its thread. The same holds for a router or listener
	 * that calls {@link System#exit}.
	 * @param gracePeriod the time that connections have to finish; zero or less for none
	 */
	public void stop(Duration gracePeriod) {
		stop(gracePeriod, Thread.currentThread());
	}

	/**
	 * Stop the server on behalf of another thread.
	 * @param gracePeriod as for {@link #stop(Duration)}
	 * @param caller the thread that waits for this call; if it runs a router or listener,
	 * the stop does not wait for that
	 */
	public void stop(Duration gracePeriod, Thread caller) {
		this.lifecycle.stop(gracePeriod, Objects.requireNonNull(caller, "caller"));
	}

	/**
	 * Drain the server: close all connections in good order while it keeps running;
	 * {@link #resume()} ends the drain. No client can connect; each one gets the goodbye
	 * message and is drained as in {@link #stop(Duration)}, with
	 * {@link io.zinx.connection.CloseReason#DRAINED}. Connections that are left after the
	 * configured grace period are closed. Returns while they drain.
	 * @return whether this call has begun it; {@code false} when not started, or draining
	 * @throws IllegalStateException if called by a router or listener
	 */
	public boolean drain() {
		return this.lifecycle.drain();
	}

	/**
	 * End a drain: clients can connect again, on the same port, and connections that are
	 * still open stay open.
	 * @return whether this call has ended a drain; {@code false} if none was under way
	 * @throws ServerBindException if another process listens on the port now, or a router
	 * blocks the event loop that accepts connections; the drain continues then
	 * @throws IllegalStateException if called by a router or listener
	 */
	public boolean resume() {
		return this.lifecycle.resume();
	}

	/**
	 * The state of the server.
	 * @return the state
	 */
	public State state() {
		return this.lifecycle.state();
	}

	/**
	 * The phase of the server, as clients see it.
	 * @return the phase
	 */
	public ServerPhase phase() {
		return this.lifecycle.phase();
	}

	/**
	 * Register a listener for changes of {@link #phase()}. It is called before a change
	 * after which clients are rejected, and after a change after which they can connect.
	 * @param listener called by who starts, drains or stops; an exception is logged
	 */
	public void onPhase(Consumer<ServerPhase> listener) {
		this.lifecycle.onPhase(Objects.requireNonNull(listener, "listener"));
	}

	/**
	 * The reason why the last attempt to listen failed.
	 * @return the reason, or {@code null} if it succeeded, or there was none
	 */
	public @Nullable ServerBindException lastBindError() {
		return this.lifecycle.lastBindError();
	}

	/**
	 * Return whether the server is started.
	 * @return {@code true} also while it drains
	 */
	public boolean isRunning() {
		return state() == State.STARTED;
	}

	/**
	 * The port that the server listens on.
	 * @return the real port; -1 when not started, and without one for all connections
	 */
	public int port() {
		return running((run) -> run.transport().port(), -1);
	}

	/**
	 * The port for WebSocket connections only.
	 * @return the real port; -1 when not started, and without one
	 */
	public int webSocketPort() {
		return running((run) -> run.transport().webSocketPort(), -1);
	}

	/**
	 * The address that the server listens on.
	 * @return the address with the real port, a {@link java.net.UnixDomainSocketAddress},
	 * or a {@link io.netty.channel.local.LocalAddress}; {@code null} when not started
	 */
	public @Nullable SocketAddress localAddress() {
		return running((run) -> run.transport().localAddress());
	}

	/**
	 * The kind of I/O.
	 * @return {@code epoll}, {@code nio}, {@code in-memory}; {@code null} when not
	 * started
	 */
	public @Nullable String transportKind() {
		return running(ServerRun::transportKind);
	}

	/**
	 * The time of the start.
	 * @return the time, or {@code null} when not started
	 */
	public @Nullable Instant startedAt() {
		return running(ServerRun::startedAt);
	}

	/**
	 * The number of messages that wait for each worker.
	 * @return one number for each; empty when not started, or in mode {@code event-loop}
	 */
	public List<Integer> workerQueueSizes() {
		return running((run) -> run.dispatcher().waiting(), List.of());
	}

	/**
	 * The workers and the messages that wait for them.
	 * @return a snapshot; empty when not started, or in a mode without workers
	 */
	public List<WorkerStatus> workers() {
		return running((run) -> run.dispatcher().workers(), List.of());
	}

	/**
	 * The handlers that have been running for a second or longer, except on event loops.
	 * @return a snapshot, the longest first; at most 1000
	 */
	public List<RunningHandler> runningHandlers() {
		return running((run) -> run.dispatcher().running(), List.of());
	}

	/**
	 * Log the bytes of a connection, in hex, to logger {@code io.zinx.trace}.
	 * @param connId its number
	 * @param duration the time to log, more than zero, up to an hour
	 * @return whether there is a connection of that number
	 * @throws IllegalArgumentException if the duration is out of range
	 */
	public boolean trace(long connId, Duration duration) {
		return this.lifecycle.trace(connId, duration);
	}

	/**
	 * The memory held for messages that were received and are not handled yet.
	 * @return a snapshot; {@link InboundStatus#NOTHING} when not started
	 */
	public InboundStatus inbound() {
		return running(ServerRun::inbound, InboundStatus.NOTHING);
	}

	/**
	 * The bytes that wait to be written, without connections with less than 16 KiB.
	 * @return bytes, an estimate; 0 when not started
	 */
	public long bytesQueued() {
		return running(ServerRun::bytesQueued, 0L);
	}

	/**
	 * The clients whose handshake is under way. They have no connection yet.
	 * @return their number, up to {@code zinx.handshake.max-pending}; 0 when not started
	 */
	public int pendingHandshakes() {
		return running(ServerRun::pendingHandshakes, 0);
	}

	private <T> @Nullable T running(Function<ServerRun, @Nullable T> question) {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? question.apply(current) : null;
	}

	private <T> T running(Function<ServerRun, T> question, T otherwise) {
		ServerRun current = this.lifecycle.run();
		return (current != null) ? question.apply(current) : otherwise;
	}

	/**
	 * The event loops, for measurements.
	 * @return Netty's group, or {@code null} when not started
	 */
	public @Nullable EventLoopGroup eventLoops() {
		return running((run) -> run.transport().eventLoops());
	}

	/**
	 * The configuration of the server.
	 * @return the configuration
	 */
	public ServerConfig config() {
		return this.lifecycle.config();
	}

	/**
	 * The connections of the server.
	 * @return the manager
	 */
	public ConnManager connManager() {
		return this.connManager;
	}

	/**
	 * The routers of the server.
	 * @return the registry; accepts no more routers once the server was started
	 */
	public RouteRegistry routes() {
		return this.routes;
	}

}
