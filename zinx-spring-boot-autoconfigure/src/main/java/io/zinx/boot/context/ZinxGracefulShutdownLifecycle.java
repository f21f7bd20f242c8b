package io.zinx.boot.context;

import java.time.Duration;

import io.zinx.eventloop.ServerThreads;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Shuts the server down gracefully before other parts of the application stop, in the
 * phase in which web servers do. The shutdown runs on a separate thread, so that web
 * servers shut down at the same time and
 * {@code spring.lifecycle.timeout-per-shutdown-phase} applies.
 */
public final class ZinxGracefulShutdownLifecycle implements SmartLifecycle {

	/** The default phase, that of {@code WebServerGracefulShutdownLifecycle}. */
	public static final int PHASE = Integer.MAX_VALUE - 1024;

	private static final Logger logger = LoggerFactory.getLogger(ZinxGracefulShutdownLifecycle.class);

	private final ZinxServer server;

	private final ShutdownMode mode;

	private final Duration phaseTimeout;

	private final ApplicationContext context;

	private final int phase;

	private volatile boolean running;

	private volatile boolean refusing;

	/**
	 * Create a lifecycle.
	 * @param server the server to stop
	 * @param mode the type of shutdown
	 * @param phaseTimeout the time that Spring waits for a shutdown phase
	 * @param context where to publish that the application refuses traffic
	 * @param serverPhase the phase of the server's own lifecycle, before which this one
	 * stops
	 */
	public ZinxGracefulShutdownLifecycle(ZinxServer server, ShutdownMode mode, Duration phaseTimeout,
			ApplicationContext context, int serverPhase) {
		this.server = server;
		this.mode = mode;
		this.phaseTimeout = phaseTimeout;
		this.context = context;
		this.phase = Math.max(PHASE, serverPhase + 1);
		server.onPhase(this::changed);
	}

	/**
	 * The application refuses traffic while the server drains, for whatever reason.
	 */
	private void changed(ServerPhase phase) {
		if (phase == ServerPhase.DRAINING) {
			refuseTraffic();
		}
		else if (phase == ServerPhase.RUNNING && this.refusing) {
			this.refusing = false;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@Override
	public void start() {
		ServerConfig config = this.server.config();
		if (config != null) { // a mock of a test has none
			checkGracePeriod(config);
		}
		this.running = true;
	}

	private void checkGracePeriod(ServerConfig config) {
		Duration gracePeriod = config.gracePeriod();
		if (this.mode == ShutdownMode.GRACEFUL && gracePeriod.compareTo(this.phaseTimeout) >= 0) {
			logger.warn(
					"[{}] zinx.shutdown.grace-period ({}s) should be less than "
							+ "spring.lifecycle.timeout-per-shutdown-phase ({}s), which otherwise cuts it short",
					config.name(), gracePeriod.toSeconds(), this.phaseTimeout.toSeconds());
		}
	}

	@Override
	public void stop() {
		throw new UnsupportedOperationException("Stop must not be invoked directly");
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (this.mode == ShutdownMode.IMMEDIATE || !this.server.isRunning()) {
			callback.run();
			return;
		}
		Thread caller = Thread.currentThread();
		new ServerThreads(this.server.config().name(), this.context.getClassLoader())
			.user("-shutdown", () -> stopGracefully(callback, caller))
			.start();
	}

	/**
	 * Publish that the application refuses traffic. A web application that closes has
	 * already published it.
	 */
	private void refuseTraffic() {
		try {
			ApplicationAvailability availability = this.context.getBeanProvider(ApplicationAvailability.class)
				.getIfAvailable();
			if (availability == null || availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
				this.refusing = true;
				AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("[{}] Could not publish that the application refuses traffic", this.server.config().name(), ex);
		}
	}

	/**
	 * Stop, without waiting for a router that has itself closed the context.
	 */
	private void stopGracefully(Runnable callback, Thread caller) {
		try {
			this.server.stop(this.server.config().gracePeriod(), caller);
		}
		catch (Throwable ex) {
			logger.error("[{}] Graceful shutdown failed", this.server.config().name(), ex);
		}
		finally {
			callback.run();
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
	public boolean isPauseable() {
		return false;
	}

}
