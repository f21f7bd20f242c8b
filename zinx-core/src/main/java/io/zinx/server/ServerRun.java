package io.zinx.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.WriteBufferWaterMark;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.dispatch.Dispatcher;
import io.zinx.dispatch.Handlers;
import io.zinx.eventloop.LoopLocal;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.inbound.InboundStatus;
import io.zinx.lifecycle.Polling;
import io.zinx.link.Handshakes;
import io.zinx.link.TlsSettings;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundContext;
import io.zinx.pipeline.ReadPlan;
import io.zinx.pipeline.ZinxPipeline;
import io.zinx.routing.Routes;
import io.zinx.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a server, from a start to the next stop: puts the stages together, and stops
 * them in order.
 */
final class ServerRun {

	private static final Logger logger = LoggerFactory.getLogger(ServerRun.class);

	/** How long connections may take to close, beyond their flush timeout. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	/** How long threads may take to end once they are interrupted. */
	static final Duration THREAD_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

	private final ServerConfig config;

	private final ConnectionRegistry connections;

	private final ConnManager connManager;

	private final Routes routes;

	private final ConnectionAcceptor acceptor;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final ReadPlan reading;

	private final OutboundBudget outboundBudget;

	private final ServerDrain drain;

	private final KeepAliveThread keepAlive;

	private final StopDeadline deadline = new StopDeadline();

	private final InstantSource clock;

	private final Instant startedAt;

	private ServerRun(ServerConfig config, ConnManager connManager, Routes routes, List<ConnectionListener> listeners,
			InstantSource clock) {
		this.config = config;
		this.connManager = connManager;
		this.routes = routes;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.connections = ConnectionRegistry.of(connManager);
		MemoryCheck.warn(config);
		DrainMessages drainMessages = new DrainMessages(config);
		ServerMetrics metrics = connManager.metrics();
		Clocks clocks = new Clocks(clock, System::nanoTime);
		LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);
		OutboundContext outbound = new OutboundContext(config.codec(), config.outbound());
		this.outboundBudget = outbound.budget();
		ConnectionContext context = new ConnectionContext(config.name(), this.connections, outbound,
				config.connections().duplicateLogin(), clocks, metrics)
			.withLastMessage(drainMessages::toThrownOut);
		this.acceptor = new ConnectionAcceptor(this.connections, new ConnectionFactory(context, outboxes),
				config.connections());
		this.dispatcher = new Dispatcher(config.name(), config.workers(),
				new Handlers(routes, listeners, config.handlerTiming()), this.connections, outboxes, metrics);
		this.reading = ReadPlan.of(config.name(), config.codec(), config.maxPacketSize(), config.inbound(),
				config.transport().eventLoopCount());
		ZinxPipeline pipeline = new ZinxPipeline(this.dispatcher.lanes(), this.reading, heartbeats(clocks, metrics),
				drainMessages.maxAge(), handshakes(clocks, metrics));
		try {
			this.dispatcher.start();
			this.transport = Transport.listen(config.transport(), config.name(), waterMark(config),
					this.acceptor.listeningHandler(), pipeline.initializer(this.acceptor));
			this.drain = new ServerDrain(config.name(), connManager, this.acceptor, this.transport, drainMessages);
			this.keepAlive = KeepAliveThread.start(config.name(), WATCH_PERIOD, this.dispatcher::watch);
		}
		catch (Throwable ex) {
			this.acceptor.stop();
			this.dispatcher.stop(THREAD_TIMEOUT);
			throw ex;
		}
	}

	private Heartbeats heartbeats(Clocks clocks, ServerMetrics metrics) {
		Heartbeats heartbeats = new Heartbeats(this.config.name(), this.config.heartbeat(), this.config.idle(),
				this.config.receive(), clocks.nanoTime(), metrics);
		boolean atOnce = HeartbeatRouters.answersAtOnce(this.config.heartbeat(), this.routes);
		return atOnce ? heartbeats.answeringAtOnce() : heartbeats;
	}

	private @Nullable Handshakes handshakes(Clocks clocks, ServerMetrics metrics) {
		TlsSettings tls = this.config.transport().tls();
		return (tls != null && this.config.transport().isEncrypted())
				? new Handshakes(this.config.name(), tls, metrics, clocks.nanoTime()) : null;
	}

	private static WriteBufferWaterMark waterMark(ServerConfig config) {
		return new WriteBufferWaterMark(config.outbound().lowWaterMark(), config.outbound().highWaterMark());
	}

	static ServerRun start(ServerConfig config, ConnManager connManager, Routes routes,
			List<ConnectionListener> listeners, InstantSource clock) {
		return new ServerRun(config, connManager, routes, listeners, clock);
	}

	/**
	 * Bring the end of the grace period forward, also while the stop is under way. Any
	 * thread.
	 * @param gracePeriod how long it may last from now on
	 */
	void bringForward(Duration gracePeriod) {
		this.deadline.bringForward(gracePeriod);
	}

	/**
	 * A stop waits for handlers and hooks, so it must not be called by one.
	 */
	void requireOtherThread() {
		if (this.dispatcher.isHandlerThread() || this.transport.isEventLoopThread()) {
			throw new IllegalStateException("It waits for routers and hooks and was called by one of them: "
					+ "call it on a thread of your own");
		}
	}

	void stop() {
		boolean interrupted = Thread.interrupted();
		try {
			stopInOrder();
		}
		finally {
			this.keepAlive.end();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void stopInOrder() {
		int connections = this.connManager.size();
		long start = System.nanoTime();
		this.drain.beforeStop(this.deadline);
		int cut = this.drain.reportUnfinished();
		this.connections.stopReading();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		this.connManager.closeAll(CloseReason.SERVER_STOPPING);
		StopDeadline flushed = new StopDeadline();
		flushed.bringForward(this.config.outbound().flushTimeout().plus(CLOSE_TIMEOUT));
		Polling.await(
				() -> this.connManager.size() == 0 || (this.deadline.isOver() && !this.connections.hasOpenSockets()),
				() -> flushed.isOver() && this.deadline.isOver());
		this.connections.discard();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		this.dispatcher.stop(THREAD_TIMEOUT);
		this.transport.shutdown(THREAD_TIMEOUT);
		logger.info("[{}] Zinx server stopped: {} connections closed, {} of them cut off, in {} ms, up for {}",
				this.config.name(), connections, cut, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
				Duration.between(this.startedAt, this.clock.instant()).truncatedTo(ChronoUnit.SECONDS));
	}

	/**
	 * As {@link ServerDrain#drain}.
	 */
	boolean drain(Duration gracePeriod) {
		return this.drain.drain(gracePeriod);
	}

	/**
	 * As {@link ServerDrain#resume}.
	 */
	boolean resume() {
		return this.drain.resume();
	}

	boolean isDraining() {
		return this.drain.isUnderWay();
	}

	SocketAddress localAddress() {
		return this.transport.localAddress();
	}

	String transportKind() {
		return this.transport.kind();
	}

	String describeTransport() {
		return transportKind() + (this.config.transport().isEncrypted() ? ", tls" : "");
	}

	Instant startedAt() {
		return this.startedAt;
	}

	Routes routes() {
		return this.routes;
	}

	boolean trace(long connId, Duration duration) {
		return this.connections.trace(connId, duration);
	}

	long bytesQueued() {
		return this.outboundBudget.used();
	}

	InboundStatus inbound() {
		return this.reading.budget().status();
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	Transport transport() {
		return this.transport;
	}

	List<Integer> workerQueueSizes() {
		return this.dispatcher.waiting();
	}

}
