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
 * servers do. When it stops, {@link ZinxGracefulShutdownLifecycle} has had its time: a
 * graceful stop that is still under way is cut short.
 */
public final class ZinxServerLifecycle implements SmartLifecycle {

	/** The phase of {@code WebServerStartStopLifecycle}. */
	public static final int PHASE = Integer.MAX_VALUE - 2048;

	private static final Logger logger = LoggerFactory.getLogger(ZinxServerLifecycle.class);

	private final ZinxServer server;

	private final RouteBeans routes;

	private final ApplicationEventPublisher publisher;

	private boolean routesRegistered;

	/** Not asked of the server, which is not running either while it stops gracefully. */
	private volatile boolean running;

	/**
	 * Make a lifecycle.
	 * @param server what to start and stop
	 * @param routes what to register before the first start
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
	 * A listener that fails must not keep the rest of the application from stopping.
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
	 * A server that pauses would come back on another port if that is chosen at random.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
