package io.zinx.boot.context;

import java.time.Duration;

import io.zinx.boot.routing.RouteBeans;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the server with its application context, in the phase in which web
 * servers do. It stops after {@link ZinxGracefulShutdownLifecycle} and cuts a graceful
 * shutdown short that is still in progress.
 */
public final class ZinxServerLifecycle implements SmartLifecycle {

	/** The default phase, that of {@code WebServerStartStopLifecycle}. */
	public static final int PHASE = Integer.MAX_VALUE - 2048;

	private static final Logger logger = LoggerFactory.getLogger(ZinxServerLifecycle.class);

	private final ZinxServer server;

	private final RouteBeans routes;

	private final ApplicationEventPublisher publisher;

	private final boolean autoStartup;

	private final int phase;

	private volatile boolean routesRegistered;

	/**
	 * Kept apart from the server's state: during a graceful shutdown, the server is not
	 * running, but this lifecycle is.
	 */
	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param server the server to start and stop
	 * @param routes the routes to register before the first start
	 * @param publisher where to publish {@link ZinxServerStartedEvent} and
	 * {@link ZinxServerStoppedEvent}
	 * @param autoStartup whether the context starts the server; otherwise code does, by
	 * {@link #start()}
	 * @param phase the phase, less than {@link Integer#MAX_VALUE}
	 */
	public ZinxServerLifecycle(ZinxServer server, RouteBeans routes, ApplicationEventPublisher publisher,
			boolean autoStartup, int phase) {
		this.server = server;
		this.routes = routes;
		this.publisher = publisher;
		this.autoStartup = autoStartup;
		this.phase = phase;
		server.onPhase(this::changed);
	}

	/**
	 * Warn if code has started the server by its own method, before this lifecycle.
	 */
	private void changed(ServerPhase phase) {
		if (phase == ServerPhase.RUNNING && !this.routesRegistered) {
			logger.warn(
					"[{}] The server was started by ZinxServer.start(), without the routers of the application: "
							+ "call start() of the bean of type {} instead",
					this.server.config().name(), ZinxServerLifecycle.class.getName());
		}
	}

	/**
	 * Register the routers of the application, if that is not done yet, and start the
	 * server. The context calls this unless {@code zinx.auto-startup} is {@code false};
	 * then any thread may. No effect while the server runs.
	 */
	@Override
	public void start() {
		if (this.running && this.server.isRunning()) {
			return;
		}
		registerRoutes();
		this.server.start();
		this.running = true;
		this.publisher
			.publishEvent(new ZinxServerStartedEvent(this.server, this.server.port(), this.server.webSocketPort()));
	}

	private synchronized void registerRoutes() {
		if (this.routesRegistered) {
			return;
		}
		RouteRegistry registry = this.server.routes();
		if (registry != null) { // a mock of a test has none
			this.routes.register(registry);
		}
		this.routesRegistered = true;
	}

	@Override
	public void stop() {
		boolean started = this.running;
		this.running = false;
		this.server.stop(Duration.ZERO);
		if (started) {
			publishStopped();
		}
	}

	/**
	 * Publish that the server has stopped. A listener that fails must not keep the rest
	 * of the application from stopping.
	 */
	private void publishStopped() {
		try {
			this.publisher.publishEvent(new ZinxServerStoppedEvent(this.server));
		}
		catch (RuntimeException ex) {
			logger.error("[{}] A listener of ZinxServerStoppedEvent failed", this.server.config().name(), ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	@Override
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	/**
	 * Return {@code false}: a paused server would come back on another port if that is
	 * chosen at random.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
