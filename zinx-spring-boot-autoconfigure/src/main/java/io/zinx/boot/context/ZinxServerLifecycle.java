package io.zinx.boot.context;

import java.time.Duration;

import io.zinx.boot.routing.RouteBeans;
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

	/** The phase of {@code WebServerStartStopLifecycle}. */
	public static final int PHASE = Integer.MAX_VALUE - 2048;

	private static final Logger logger = LoggerFactory.getLogger(ZinxServerLifecycle.class);

	private final ZinxServer server;

	private final RouteBeans routes;

	private final ApplicationEventPublisher publisher;

	private boolean routesRegistered;

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
	 */
	public ZinxServerLifecycle(ZinxServer server, RouteBeans routes, ApplicationEventPublisher publisher) {
		this.server = server;
		this.routes = routes;
		this.publisher = publisher;
	}

	@Override
	public void start() {
		registerRoutes();
		this.server.start();
		this.running = true;
		this.publisher.publishEvent(new ZinxServerStartedEvent(this.server, this.server.port()));
	}

	private synchronized void registerRoutes() {
		if (this.routesRegistered) {
			return;
		}
		this.routes.register(this.server.routes());
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
		return PHASE;
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
