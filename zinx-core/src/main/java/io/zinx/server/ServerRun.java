package io.zinx.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.netty.channel.WriteBufferWaterMark;
import io.zinx.connection.Clocks;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionAcceptor;
import io.zinx.connection.ConnectionListener;
import io.zinx.dispatch.Dispatcher;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.message.Message;
import io.zinx.pipeline.ZinxPipeline;
import io.zinx.routing.Routes;
import io.zinx.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What exists from a start to the next stop.
 */
final class ServerRun {

	private static final Logger logger = LoggerFactory.getLogger(ServerRun.class);

	/** How long connections may take to close, beyond their flush timeout. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	/** How long threads may take to end once they are interrupted. */
	private static final Duration THREAD_TIMEOUT = Duration.ofSeconds(2);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final ServerConfig config;

	private final ConnManager connManager;

	private final Routes routes;

	private final ConnectionAcceptor acceptor;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final StopDeadline deadline = new StopDeadline();

	private final Instant startedAt;

	private ServerRun(ServerConfig config, ConnManager connManager, Routes routes, List<ConnectionListener> listeners,
			InstantSource clock) {
		this.config = config;
		this.connManager = connManager;
		this.routes = routes;
		this.startedAt = clock.instant();
		Clocks clocks = new Clocks(clock, System::nanoTime);
		this.acceptor = new ConnectionAcceptor(config.name(), connManager, config.codec(), config.outbound(),
				config.connections(), clocks);
		this.dispatcher = new Dispatcher(config.name(), config.workers(), routes, listeners, connManager);
		ZinxPipeline pipeline = new ZinxPipeline(this.acceptor, this.dispatcher, config.codec(), config.maxPacketSize(),
				new Heartbeats(config.name(), config.heartbeat(), config.idle(), config.receive(), clocks.nanoTime()));
		try {
			this.dispatcher.start();
			this.transport = Transport.listen(config.transport(), config.name(), waterMark(config),
					this.acceptor.listeningHandler(), pipeline.initializer());
		}
		catch (Throwable ex) {
			this.acceptor.stop();
			this.dispatcher.stop(THREAD_TIMEOUT);
			throw ex;
		}
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
			throw new IllegalStateException("stop() waits for routers and hooks and was called by one of them: "
					+ "call it on a thread of your own");
		}
	}

	void stop() {
		boolean interrupted = Thread.interrupted();
		try {
			stopInOrder();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void stopInOrder() {
		this.acceptor.stop();
		this.transport.stopAccepting(THREAD_TIMEOUT);
		this.acceptor.stopReading();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		if (!await(() -> isQuiet(this.acceptor::hasBacklog, this.dispatcher::isBusy), this.deadline)) {
			logger.warn("[{}] The grace period is over, messages waiting for each worker: {}", this.config.name(),
					this.dispatcher.waiting());
		}
		closeAll();
		StopDeadline flushed = new StopDeadline();
		flushed.bringForward(this.config.outbound().flushTimeout().plus(CLOSE_TIMEOUT));
		await(() -> this.connManager.size() == 0 || (this.deadline.isOver() && !this.acceptor.hasOpenSockets()),
				flushed, this.deadline);
		this.acceptor.discard();
		this.transport.awaitTurn(THREAD_TIMEOUT);
		this.dispatcher.stop(THREAD_TIMEOUT);
		this.transport.shutdown(THREAD_TIMEOUT);
	}

	/**
	 * Whether nothing is left to be handled. What was read and had no room goes over to
	 * the lanes, never back: so look there first.
	 */
	static boolean isQuiet(BooleanSupplier hasBacklog, BooleanSupplier isBusy) {
		return !hasBacklog.getAsBoolean() && !isBusy.getAsBoolean();
	}

	private void closeAll() {
		Message goodbye = this.config.goodbye();
		if (goodbye != null) {
			sayGoodbye(goodbye);
		}
		this.connManager.closeAll(CloseReason.SERVER_STOPPING);
	}

	/**
	 * A codec of the application that throws must not keep the server from stopping.
	 */
	private void sayGoodbye(Message goodbye) {
		try {
			this.connManager.broadcast(goodbye.msgId(), goodbye.body());
		}
		catch (Throwable ex) {
			logger.error("[{}] The goodbye cannot be encoded", this.config.name(), ex);
		}
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

	Instant startedAt() {
		return this.startedAt;
	}

	Routes routes() {
		return this.routes;
	}

	List<Integer> workerQueueSizes() {
		return this.dispatcher.waiting();
	}

}
