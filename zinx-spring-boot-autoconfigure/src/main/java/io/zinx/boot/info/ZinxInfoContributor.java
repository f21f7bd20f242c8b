package io.zinx.boot.info;

import java.util.LinkedHashMap;
import java.util.Map;

import io.zinx.cluster.ClusterStatus;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.transport.UnixSocketSettings;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Contributes what does not change while the server runs: name, port, wire format,
 * transport, worker mode, and its place in a cluster.
 */
public final class ZinxInfoContributor implements InfoContributor {

	private final ZinxServer server;

	private final ZinxCluster cluster;

	/**
	 * Create a contributor of a server without a cluster.
	 * @param server the server
	 */
	public ZinxInfoContributor(ZinxServer server) {
		this(server, ZinxCluster.ofOneNode(server.connManager()));
	}

	/**
	 * Create a contributor.
	 * @param server the server
	 * @param cluster its cluster
	 */
	public ZinxInfoContributor(ZinxServer server, ZinxCluster cluster) {
		this.server = server;
		this.cluster = cluster;
	}

	@Override
	public void contribute(Info.Builder builder) {
		ServerConfig config = this.server.config();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("name", config.name());
		details.put("port", this.server.port());
		if (config.transport().hasWebSocketPort()) {
			details.put("webSocketPort", this.server.webSocketPort());
		}
		UnixSocketSettings unixSocket = config.transport().effectiveUnixSocket();
		if (unixSocket != null) {
			details.put("unixSocket", unixSocket.path().toString());
		}
		details.put("codec", config.codec().name());
		String transport = this.server.transportKind();
		if (transport != null) {
			details.put("transport", transport);
		}
		details.put("workerMode", config.workers().mode().toString());
		details.put("maxConn", config.maxConn());
		ClusterStatus status = this.cluster.status();
		if (status.clustered()) {
			details.put("cluster", Map.of("name", status.name(), "nodeId", status.nodeId()));
		}
		builder.withDetail("zinx", details);
	}

}
