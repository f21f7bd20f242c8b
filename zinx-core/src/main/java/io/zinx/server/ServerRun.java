package io.zinx.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
import io.zinx.link.Handshakes;
import io.zinx.link.TlsSettings;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundContext;
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
	private static final Duration THREAD_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final ServerConfig config;

	private final ConnectionRegistry connections;

	private final ConnManager connManager;

	private final Routes routes;

	private final ConnectionAcceptor acceptor;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final OutboundBudget outboundBudget;

	private final DrainMessages drainMessages;

	private final KeepAliveThread keepAlive;

	private final StopDeadline deadline = new StopDeadline();

	private final InstantSource clock;

	private final Instant startedAt;

	private final ReentrantLock draining = new ReentrantLock();

	/** The drain that is under way, and its end by force. */
	private volatile @Nullable StopDeadline drain;

	private ServerRun(ServerConfig config, ConnManager connManager, Routes routes, List<ConnectionListener> listeners,
			InstantSource clock) {
		this.config = config;
		this.connManager = connManager;
		this.routes = routes;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.connections = ConnectionRegistry.of(connManager);
		this.drainMessages = new DrainMessages(config);
		ServerMetrics metrics = connManager.metrics();
		Clocks clocks = new Clocks(clock, System::nanoTime);
		LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);
		OutboundContext outbound = new OutboundContext(config.codec(), config.outbound());
		this.outboundBudget = outbound.budget();
		ConnectionContext context = new ConnectionContext(config.name(), this.connections, outbound,
				config.connections().duplicateLogin(), clocks, metrics);
		this.acceptor = new ConnectionAcceptor(this.connections, new ConnectionFactory(context, outboxes),
				config.connections());
		this.dispatcher = new Dispatcher(config.name(), config.workers(),
				new Handlers(routes, listeners, config.handlerTiming()), this.connections, outboxes, metrics);
		Heartbeats heartbeats = new Heartbeats(config.name(), config.heartbeat(), config.idle(), config.receive(),
				clocks.nanoTime(), metrics);
		ZinxPipeline pipeline = new ZinxPipeline(this.dispatcher.lanes(), config.codec(), config.maxPacketSize(),
				heartbeats, this.drainMessages.maxAge(), handshakes(clocks, metrics));
		try {
			this.dispatcher.start();
			this.transport = Transport.listen(config.transport(), config.name(), waterMark(config),
					this.acceptor.listeningHandler(), pipeline.initializer(this.acceptor));
			this.keepAlive = KeepAliveThread.start(config.name(), WATCH_PERIOD, this.dispatcher::watch);
		}
		catch (Throwable ex) {
			this.acceptor.stop();
			this.dispatcher.stop(THREAD_TIMEOUT);
			throw ex;
		}
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
		boolean wantsDrain = !this.deadline.isOver();
		if (turnAway(this.deadline)) {
			this.drainMessages.sayTo(this.connManager, CloseReason.SERVER_STOPPING);
		}
		if (wantsDrain) {
			drainAll(this.deadline, CloseReason.SERVER_STOPPING);
			await(() -> this.connManager.size() == 0, this.deadline);
		}
		int cut = cut();
		this.connections.stopReading();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		this.connManager.closeAll(CloseReason.SERVER_STOPPING);
		StopDeadline flushed = new StopDeadline();
		flushed.bringForward(this.config.outbound().flushTimeout().plus(CLOSE_TIMEOUT));
		await(() -> this.connManager.size() == 0 || (this.deadline.isOver() && !this.connections.hasOpenSockets()),
				flushed, this.deadline);
		this.connections.discard();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		this.dispatcher.stop(THREAD_TIMEOUT);
		this.transport.shutdown(THREAD_TIMEOUT);
		logger.info("[{}] Zinx server stopped: {} connections closed, {} of them cut off, in {} ms, up for {}",
				this.config.name(), connections, cut, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
				Duration.between(this.startedAt, this.clock.instant()).truncatedTo(ChronoUnit.SECONDS));
	}

	/**
	 * Accept nobody from now on.
	 * @param end until when clients may leave in good order
	 * @return whether clients are to be told so: the first time
	 */
	private boolean turnAway(StopDeadline end) {
		this.draining.lock();
		try {
			boolean first = this.drain == null;
			this.drain = end;
			this.acceptor.stop();
			this.transport.stopAccepting(THREAD_TIMEOUT);
			this.transport.awaitTurn(THREAD_TIMEOUT);
			return first;
		}
		finally {
			this.draining.unlock();
		}
	}

	/**
	 * Let every connection drain, unless the drain was ended meanwhile.
	 */
	private void drainAll(StopDeadline end, CloseReason reason) {
		this.draining.lock();
		try {
			if (this.drain == end) {
				this.connections.drain(() -> this.drainMessages.plan(reason));
			}
		}
		finally {
			this.draining.unlock();
		}
	}

	/**
	 * Drain, unless that is under way. Returns when nobody can connect any more and
	 * everybody was told goodbye. Any thread but those of {@link #requireOtherThread()}.
	 * @param gracePeriod after which time who is left is cut off
	 * @return whether this call has begun it
	 */
	boolean drain(Duration gracePeriod) {
		StopDeadline end = new StopDeadline();
		this.draining.lock();
		try {
			if (this.drain != null) {
				return false;
			}
			turnAway(end);
		}
		finally {
			this.draining.unlock();
		}
		this.drainMessages.sayTo(this.connManager, CloseReason.DRAINED);
		drainAll(end, CloseReason.DRAINED);
		end.bringForward(gracePeriod);
		Thread supervisor = new Thread(() -> supervise(end), this.config.name() + "-drain");
		supervisor.setDaemon(true);
		supervisor.start();
		return true;
	}

	/**
	 * Cut off who is left when the time of a drain is over, unless it was ended before.
	 */
	private void supervise(StopDeadline end) {
		await(() -> this.connManager.size() == 0 || this.drain != end, end);
		this.draining.lock();
		try {
			if (this.drain == end) {
				int cut = cut();
				this.connManager.closeAll(CloseReason.DRAINED);
				logger.info("[{}] Zinx server drained, {} connections cut off", this.config.name(), cut);
			}
		}
		finally {
			this.draining.unlock();
		}
	}

	/**
	 * End a drain: whoever is still there may stay, and clients can connect.
	 * @return whether one was under way
	 * @throws io.zinx.transport.ServerBindException if somebody else listens on the port
	 * now; the drain goes on then
	 */
	boolean resume() {
		this.draining.lock();
		try {
			if (this.drain == null || this.drain == this.deadline) {
				return false;
			}
			this.acceptor.resume();
			listenAgain();
			this.connections.endDrain();
			this.transport.awaitTurn(THREAD_TIMEOUT);
			this.drain = null;
			return true;
		}
		finally {
			this.draining.unlock();
		}
	}

	private void listenAgain() {
		try {
			this.transport.listenAgain(this.acceptor.listeningHandler());
		}
		catch (RuntimeException ex) {
			this.acceptor.stop();
			throw ex;
		}
	}

	boolean isDraining() {
		return this.drain != null;
	}

	/**
	 * Say what is cut off now.
	 * @return how many connections have something unfinished
	 */
	private int cut() {
		UnfinishedReport list = UnfinishedReport.of(this.connections);
		if (!list.isEmpty()) {
			logger.warn("[{}] The grace period is over and cuts {} connections off: {}", this.config.name(),
					list.connections(), list);
		}
		return list.connections();
	}

	/**
	 * Wait for a condition until the last of some deadlines is over.
	 */
	private static boolean await(BooleanSupplier condition, StopDeadline... deadlines) {
		while (!condition.getAsBoolean()) {
			if (Stream.of(deadlines).allMatch(StopDeadline::isOver)) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
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
