package io.zinx.boot.health;

import java.util.LinkedHashMap;
import java.util.Map;

import io.zinx.cluster.ClusterStatus;
import io.zinx.cluster.ZinxCluster;
import io.zinx.diagnostics.PeerText;
import io.zinx.dispatch.WorkerStatus;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import io.zinx.transport.ServerBindException;
import io.zinx.transport.UnixSocketSettings;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health indicator of the server: UP while clients can connect, OUT_OF_SERVICE while the
 * server drains, DOWN otherwise; the last two with a reason. A server that is full is UP,
 * and so is, unless told otherwise, a node of a cluster whose backplane is away.
 */
public final class ZinxServerHealthIndicator extends AbstractHealthIndicator {

	private final ZinxServer server;

	private final ZinxCluster cluster;

	private final boolean downWithoutBackplane;

	/**
	 * Create an indicator of a server without a cluster.
	 * @param server the server
	 */
	public ZinxServerHealthIndicator(ZinxServer server) {
		this(server, ZinxCluster.ofOneNode(server.connManager()), false);
	}

	/**
	 * Create an indicator.
	 * @param server the server
	 * @param cluster its cluster
	 * @param downWithoutBackplane whether a node whose backplane is away is DOWN
	 */
	public ZinxServerHealthIndicator(ZinxServer server, ZinxCluster cluster, boolean downWithoutBackplane) {
		super("Zinx health check failed");
		this.server = server;
		this.cluster = cluster;
		this.downWithoutBackplane = downWithoutBackplane;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		switch (this.server.phase()) {
			case RUNNING -> running(builder);
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
		checkCluster(builder);
		ServerBindException bindError = this.server.lastBindError();
		if (bindError != null) {
			builder.withDetail("bindError", String.valueOf(bindError.getMessage()));
		}
	}

	private void running(Health.Builder builder) {
		builder.up().withDetail("port", this.server.port());
		if (this.server.config().transport().hasWebSocketPort()) {
			builder.withDetail("webSocketPort", this.server.webSocketPort());
		}
		UnixSocketSettings unixSocket = this.server.config().transport().effectiveUnixSocket();
		if (unixSocket != null) {
			builder.withDetail("unixSocket", unixSocket.path().toString());
		}
	}

	private void checkCluster(Health.Builder builder) {
		ClusterStatus status = this.cluster.status();
		if (!status.clustered()) {
			return;
		}
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("connected", status.connected());
		details.put("nodes", this.cluster.nodes().size());
		if (status.lag() != null) {
			details.put("lag", status.lag());
		}
		if (!status.connected() && status.lastError() != null) {
			details.put("lastError", PeerText.escape(status.lastError()));
		}
		builder.withDetail("cluster", details);
		if (!status.connected() && this.downWithoutBackplane && this.server.phase() == ServerPhase.RUNNING) {
			builder.down().withDetail("reason", "the backplane of the cluster is away");
		}
	}

	private static double part(long bytes, long max) {
		return Math.min(1, (double) bytes / max);
	}

	private String drainReason() {
		return (this.server.state() == State.STOPPING) ? "stopping" : "drained by an operator or the application";
	}

}
