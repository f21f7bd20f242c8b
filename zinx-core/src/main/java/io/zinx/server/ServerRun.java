package io.zinx.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

import io.netty.channel.WriteBufferWaterMark;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionNumbers;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.dispatch.Dispatcher;
import io.zinx.dispatch.Handlers;
import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.ServerThreads;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.inbound.InboundStatus;
import io.zinx.link.Links;
import io.zinx.link.PendingHandshakes;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundContext;
import io.zinx.pipeline.ReadPlan;
import io.zinx.pipeline.ZinxPipeline;
import io.zinx.routing.Routes;
import io.zinx.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of a server, from a start to the next stop: creates its stages and stops them in
 * order.
 */
final class ServerRun {

	private static final Logger logger = LoggerFactory.getLogger(ServerRun.class);

	private final ServerConfig config;

	private final ConnectionRegistry connections;

	private final Routes routes;

	private final PendingHandshakes pendingHandshakes;

	private final ConnectionAcceptor acceptor;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final ReadPlan reading;

	private final OutboundBudget outboundBudget;

	private final ServerDrain drain;

	private final StopCallers callers;

	private final ServerEnd end;

	private final KeepAliveThread keepAlive;

	private final InstantSource clock;

	private final Instant startedAt;

	/**
	 * Start the run.
	 * @param keepAlive starts the thread that keeps the JVM alive and runs a check once a
	 * second
	 */
	ServerRun(ServerConfig config, ConnManager connManager, Routes routes, ApplicationHooks hooks, InstantSource clock,
			Function<Runnable, KeepAliveThread> keepAlive) {
		this.config = config;
		this.routes = routes;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.connections = ConnectionRegistry.of(connManager);
		MemoryCheck.warn(config);
		HeartbeatNotes.log(config);
		FirstBytesNotes.log(config);
		LibraryNotes.log(config);
		ServerMetrics metrics = connManager.metrics();
		Clocks clocks = new Clocks(clock, System::nanoTime);
		DrainMessages drainMessages = new DrainMessages(config, clocks);
		LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);
		OutboundContext outbound = new OutboundContext(config.codec(), config.outbound());
		this.outboundBudget = outbound.budget();
		ConnectionContext context = new ConnectionContext(config.name(), this.connections, outbound,
				config.connections().duplicateLogin(), clocks, metrics)
			.withLastMessage(drainMessages::toKicked);
		ConnectionFactory factory = new ConnectionFactory(context, outboxes);
		this.pendingHandshakes = new PendingHandshakes(config.name(), config.transport().link().maxPendingHandshakes(),
				clocks.nanoTime());
		this.acceptor = acceptor(factory, this.pendingHandshakes);
		this.dispatcher = new Dispatcher(threads(config), config.workers(),
				new Handlers(routes, hooks.listeners(), config.handlerTiming()), this.connections, outboxes, metrics);
		this.reading = ReadPlan.of(config.name(), config.codec(), config.maxPacketSize(), config.inbound(),
				config.transport().eventLoopCount());
		ZinxPipeline pipeline = new ZinxPipeline(this.dispatcher.lanes(), this.reading, heartbeats(clocks, metrics),
				drainMessages.maxAge(),
				Links.of(config.name(), config.transport().effectiveLink(), this.reading.maxMessageLength(),
						hooks.authenticatorCalls(config, metrics.links(), clocks.nanoTime()), metrics.links(),
						clocks.nanoTime()));
		this.transport = listen(pipeline);
		this.transport.onEnd(factory::loopsEnded);
		this.callers = new StopCallers(this.connections, this.dispatcher, this.transport);
		this.drain = new ServerDrain(threads(config), connManager, this.acceptor, this.transport, drainMessages,
				this.callers);
		this.end = new ServerEnd(config, this.connections, this.dispatcher, this.transport, this.drain, this.callers);
		this.keepAlive = started(keepAlive);
	}

	private ConnectionAcceptor acceptor(ConnectionFactory factory, PendingHandshakes pending) {
		ConnectionNumbers numbers = this.connections.numbers(this.config.workers().hashSize(),
				this.config.transport().eventLoopCount());
		return new ConnectionAcceptor(this.connections, numbers, factory, this.config.connections(), pending);
	}

	private Transport listen(ZinxPipeline pipeline) {
		try {
			return Transport.listen(this.config.transport(), threads(this.config), this.dispatcher.drivers(),
					waterMark(this.config), this.acceptor.listeningHandler(), pipeline.initializer(this.acceptor));
		}
		catch (Throwable ex) {
			this.acceptor.stop();
			this.dispatcher.stop(ServerEnd.THREAD_TIMEOUT);
			throw ex;
		}
	}

	private KeepAliveThread started(Function<Runnable, KeepAliveThread> keepAlive) {
		try {
			return keepAlive.apply(this.dispatcher::watch);
		}
		catch (Throwable ex) {
			this.end.bringForward(Duration.ZERO);
			this.end.stop();
			throw ex;
		}
	}

	private Heartbeats heartbeats(Clocks clocks, ServerMetrics metrics) {
		Heartbeats heartbeats = new Heartbeats(this.config.name(), this.config.heartbeat(), this.config.idle(),
				this.config.receive(), clocks.nanoTime(), metrics);
		boolean atOnce = HeartbeatRouters.answersAtOnce(this.config.heartbeat(), this.routes);
		return atOnce ? heartbeats.answeringAtOnce() : heartbeats;
	}

	static ServerThreads threads(ServerConfig config) {
		return new ServerThreads(config.name(), config.classLoader());
	}

	private static WriteBufferWaterMark waterMark(ServerConfig config) {
		return new WriteBufferWaterMark(config.outbound().lowWaterMark(), config.outbound().highWaterMark());
	}

	void bringForward(Duration gracePeriod) {
		this.end.bringForward(gracePeriod);
	}

	/**
	 * Record a thread that waits for the stop. The stop does not wait for it if it runs a
	 * router or listener. Any thread.
	 */
	void stopCalledBy(Thread thread) {
		this.callers.add(thread);
	}

	void requireOtherThread() {
		this.callers.requireOtherThread();
	}

	void stop() {
		try {
			String outcome = this.end.stop();
			logger.info("[{}] Zinx server stopped: {}, up for {}", this.config.name(), outcome,
					Duration.between(this.startedAt, this.clock.instant()).truncatedTo(ChronoUnit.SECONDS));
		}
		finally {
			this.keepAlive.end();
		}
	}

	/**
	 * Drain, see {@link ServerDrain#drain}.
	 */
	boolean drain(Duration gracePeriod) {
		return this.drain.drain(gracePeriod);
	}

	/**
	 * End a drain, see {@link ServerDrain#resume}.
	 */
	boolean resume() {
		return this.drain.resume();
	}

	boolean isDraining() {
		return this.drain.isUnderWay();
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

	int pendingHandshakes() {
		return this.pendingHandshakes.size();
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

}
