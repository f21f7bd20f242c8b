package io.zinx.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.lifecycle.StartStop;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.routing.RouteRegistry;
import io.zinx.transport.ServerBindException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start, drain and stop of a {@link ZinxServer}, and the run between them. Any
 * thread.
 */
final class ServerLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ZinxServer.class);

	private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

	private static final Duration LONGEST_TRACE = Duration.ofHours(1);

	private final Supplier<ServerConfig> supplied;

	private final ConnManager connManager;

	private final RouteRegistry routes;

	private final Supplier<ApplicationHooks> hooks;

	private final StartStop lifecycle = new StartStop();

	private final List<Consumer<ServerPhase>> phaseListeners = new CopyOnWriteArrayList<>();

	/** The phase that was reported last to listeners. */
	private final AtomicReference<ServerPhase> told = new AtomicReference<>(ServerPhase.STOPPED);

	/** The configuration; {@code null} until it is first needed. */
	private volatile @Nullable ServerConfig known;

	private volatile @Nullable ServerRun run;

	private volatile @Nullable ServerBindException lastBindError;

	ServerLifecycle(Supplier<ServerConfig> config, ConnManager connManager, RouteRegistry routes,
			Supplier<ApplicationHooks> hooks) {
		this.supplied = config;
		this.connManager = connManager;
		this.routes = routes;
		this.hooks = hooks;
	}

	/**
	 * The configuration, which is asked for once.
	 */
	ServerConfig config() {
		ServerConfig config = this.known;
		if (config == null) {
			config = this.supplied.get();
			this.known = config;
		}
		return config;
	}

	/**
	 * Trace a connection, see {@link ZinxServer#trace}.
	 */
	boolean trace(long connId, Duration duration) {
		if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_TRACE) > 0) {
			throw new IllegalArgumentException("duration: " + duration + " (expected: more than zero, up to an hour)");
		}
		ServerRun current = this.run;
		return current != null && current.trace(connId, duration);
	}

	/**
	 * The current run.
	 * @return {@code null} when not started
	 */
	@Nullable ServerRun run() {
		return this.run;
	}

	State state() {
		return this.lifecycle.state();
	}

	@Nullable ServerBindException lastBindError() {
		return this.lastBindError;
	}

	void onPhase(Consumer<ServerPhase> listener) {
		this.phaseListeners.add(listener);
	}

	void start() {
		this.lifecycle.start(this::doStart);
	}

	void stop(Duration gracePeriod, Thread caller) {
		ServerRun current = this.run;
		if (current != null) {
			current.stopCalledBy(caller);
			current.bringForward(gracePeriod);
		}
		this.lifecycle.stop(() -> doStop(gracePeriod));
	}

	boolean drain() {
		ServerRun current = this.run;
		if (current == null || state() != State.STARTED) {
			return false;
		}
		current.requireOtherThread();
		tell(ServerPhase.DRAINING);
		boolean begun = current.drain(config().gracePeriod());
		if (begun) {
			// Again, for listeners that were notified meanwhile of the end of an earlier
			// drain.
			tell(ServerPhase.DRAINING);
			logger.info("[{}] Zinx server draining: {} connections, closed over {} (zinx.shutdown.close-window)",
					config().name(), this.connManager.size(), config().drain().closeWindow());
		}
		return begun;
	}

	boolean resume() {
		ServerRun current = this.run;
		if (current == null) {
			return false;
		}
		current.requireOtherThread();
		boolean resumed = remembering(current::resume);
		if (resumed) {
			logger.info("[{}] Zinx server resumed: it accepts connections again", config().name());
			tell(phase());
		}
		return resumed;
	}

	ServerPhase phase() {
		ServerRun current = this.run;
		if (current == null) {
			return ServerPhase.STOPPED;
		}
		return (current.isDraining() || state() == State.STOPPING) ? ServerPhase.DRAINING : ServerPhase.RUNNING;
	}

	private void doStart() {
		HeartbeatRouters.register(config().heartbeat(), this.routes, this.connManager.metrics());
		ConnectionRegistry.of(this.connManager).slots().max(); // now, not on an event
																// loop
		ServerRun started = remembering(() -> new ServerRun(config(), this.connManager, this.routes.close(),
				this.hooks.get(), InstantSource.system(),
				(watch) -> KeepAliveThread.start(ServerRun.threads(config()), WATCH_PERIOD, watch)));
		this.run = started;
		tell(ServerPhase.RUNNING);
		logger.info(
				"[{}] Zinx server started on {} ({}, codec {}, worker mode {}, {} routes, max-conn {}, "
						+ "max-packet-size {})",
				config().name(), where(started.transport().localAddresses()), started.describeTransport(),
				config().codec().name(), config().workers().mode(), started.routes().all().size(), config().maxConn(),
				config().maxPacketSize());
	}

	private String where(List<SocketAddress> addresses) {
		return addresses.stream().map(this::where).collect(Collectors.joining(" and "));
	}

	private String where(SocketAddress address) {
		if (address instanceof InetSocketAddress inet) {
			return config().transport().host() + ":" + inet.getPort();
		}
		return (address instanceof UnixDomainSocketAddress unix) ? "unix:" + unix.getPath() : address.toString();
	}

	private void doStop(Duration gracePeriod) {
		ServerRun stopping = this.run;
		if (stopping == null) {
			return;
		}
		logger.info("[{}] Zinx server stopping: {} connections, grace period {}", config().name(),
				this.connManager.size(), gracePeriod);
		tell(ServerPhase.DRAINING);
		try {
			stopping.bringForward(gracePeriod);
			stopping.stop();
		}
		finally {
			this.run = null;
			tell(ServerPhase.STOPPED);
		}
	}

	private <T> T remembering(Supplier<T> listening) {
		try {
			T result = listening.get();
			this.lastBindError = null;
			return result;
		}
		catch (ServerBindException ex) {
			this.lastBindError = ex;
			throw ex;
		}
	}

	private void tell(ServerPhase phase) {
		if (this.told.getAndSet(phase) == phase) {
			return;
		}
		for (Consumer<ServerPhase> listener : this.phaseListeners) {
			try {
				listener.accept(phase);
			}
			catch (Throwable ex) {
				logger.error("[{}] A phase listener failed when the server was {}; the server goes on", config().name(),
						phase, ex);
			}
		}
	}

}
