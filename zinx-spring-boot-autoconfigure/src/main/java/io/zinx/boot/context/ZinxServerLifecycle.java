package io.zinx.boot.context;

import java.time.Duration;

import io.zinx.boot.routing.RouteBeans;
import io.zinx.server.ZinxServer;

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
	 * @param publisher where to publish {@link ZinxServerStartedEvent}
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
		this.running = false;
		this.server.stop(Duration.ZERO);
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
