package io.zinx.boot.health;

import io.zinx.server.ZinxServer;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP while clients can connect, OUT_OF_SERVICE while the server starts or stops, DOWN
 * otherwise. A server that is full is UP.
 */
public final class ZinxServerHealthIndicator extends AbstractHealthIndicator {

	private final ZinxServer server;

	/**
	 * Make an indicator.
	 * @param server whose health to tell
	 */
	public ZinxServerHealthIndicator(ZinxServer server) {
		super("Zinx health check failed");
		this.server = server;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		switch (this.server.state()) {
			case STARTED -> builder.up().withDetail("port", this.server.port());
			case STARTING, STOPPING -> builder.outOfService();
			case STOPPED -> builder.down();
		}
		builder.withDetail("connections", this.server.connManager().size());
		builder.withDetail("maxConn", this.server.connManager().maxConn());
	}

}
