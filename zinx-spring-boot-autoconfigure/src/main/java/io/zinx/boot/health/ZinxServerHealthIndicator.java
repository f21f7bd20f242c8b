package io.zinx.boot.health;

import io.zinx.dispatch.WorkerStatus;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.server.ZinxServer;
import io.zinx.transport.ServerBindException;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health indicator of the server: UP while clients can connect, OUT_OF_SERVICE while the
 * server drains, DOWN otherwise; the last two with a reason. A server that is full is UP.
 */
public final class ZinxServerHealthIndicator extends AbstractHealthIndicator {

	private final ZinxServer server;

	/**
	 * Create an indicator.
	 * @param server the server
	 */
	public ZinxServerHealthIndicator(ZinxServer server) {
		super("Zinx health check failed");
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		switch (this.server.phase()) {
			case RUNNING -> builder.up().withDetail("port", this.server.port());
			case DRAINING -> builder.outOfService().withDetail("reason", drainReason());
			case STOPPED -> builder.down()
				.withDetail("reason", (this.server.state() == State.STARTING) ? "about to start" : "not started");
		}
		builder.withDetail("connections", this.server.connManager().size());
		builder.withDetail("maxConn", this.server.connManager().maxConn());
		this.server.workers()
			.stream()
			.mapToDouble(WorkerStatus::saturation)
			.max()
			.ifPresent((saturation) -> builder.withDetail("workerSaturation", saturation));
		builder.withDetail("inboundSaturation",
				part(this.server.inbound().bytes(), this.server.config().inbound().totalMaxBytes()));
		builder.withDetail("outboundSaturation",
				part(this.server.bytesQueued(), this.server.config().outbound().totalMaxBytes()));
		ServerBindException bindError = this.server.lastBindError();
		if (bindError != null) {
			builder.withDetail("bindError", String.valueOf(bindError.getMessage()));
		}
	}

	private static double part(long bytes, long max) {
		return Math.min(1, (double) bytes / max);
	}

	private String drainReason() {
		return (this.server.state() == State.STOPPING) ? "stopping" : "drained by an operator or the application";
	}

}
