package io.zinx.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.netty.channel.WriteBufferWaterMark;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionAcceptor;
import io.zinx.connection.ConnectionListener;
import io.zinx.dispatch.Dispatcher;
import io.zinx.pipeline.ZinxPipeline;
import io.zinx.routing.Routes;
import io.zinx.transport.TcpTransport;
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

	private final TcpTransport transport;

	private final Instant startedAt;

	private ServerRun(ServerConfig config, ConnManager connManager, Routes routes, List<ConnectionListener> listeners,
			InstantSource clock) {
		this.config = config;
		this.connManager = connManager;
		this.routes = routes;
		this.startedAt = clock.instant();
		this.acceptor = new ConnectionAcceptor(config.name(), connManager, config.codec(), config.outbound(), clock);
		this.dispatcher = new Dispatcher(config.name(), config.workers(), routes, listeners, connManager.metrics());
		ZinxPipeline pipeline = new ZinxPipeline(this.acceptor, this.dispatcher, config.codec(),
				config.maxPacketSize());
		this.dispatcher.start();
		try {
			this.transport = TcpTransport.listen(config.transport(), config.name(), waterMark(config),
					pipeline.initializer());
		}
		catch (Throwable ex) {
			this.dispatcher.stop(THREAD_TIMEOUT.toMillis());
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

	void stop(StopDeadline deadline) {
		this.acceptor.stop();
		this.transport.stopAccepting();
		this.acceptor.stopReading();
		if (!await(deadline, () -> !this.dispatcher.isBusy())) {
			logger.warn("[{}] The grace period is over, messages waiting for each worker: {}", this.config.name(),
					this.dispatcher.waiting());
		}
		this.connManager.closeAll(CloseReason.SERVER_STOPPING);
		StopDeadline closed = new StopDeadline();
		closed.bringForward(this.config.outbound().flushTimeout().plus(CLOSE_TIMEOUT));
		await(closed, () -> this.connManager.size() == 0 || (deadline.isOver() && !hasOpenSockets()));
		this.acceptor.discard();
		this.dispatcher.stop(THREAD_TIMEOUT.toMillis());
		this.transport.shutdown(THREAD_TIMEOUT);
	}

	private boolean hasOpenSockets() {
		return this.acceptor.hasOpenSockets();
	}

	private static boolean await(StopDeadline deadline, BooleanSupplier condition) {
		while (!condition.getAsBoolean()) {
			if (deadline.isOver()) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
	}

	InetSocketAddress localAddress() {
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
