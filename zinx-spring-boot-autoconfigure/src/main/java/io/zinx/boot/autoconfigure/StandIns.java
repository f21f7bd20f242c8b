package io.zinx.boot.autoconfigure;

import java.util.Objects;

import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.metrics.ServerMetrics;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.server.ZinxServerBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Stand-ins for beans that a test has replaced by mocks. The methods of a mock return
 * {@code null}, also where that is never right, so the beans that work with it would fail
 * and the context with them.
 */
public final class StandIns {

	private StandIns() {
	}

	/**
	 * The connections for a server or node.
	 * @param connections the bean
	 * @param config the server's configuration
	 * @return the bean, or a manager without connections if it is a mock
	 */
	public static ConnManager of(ConnManager connections, ObjectProvider<ServerConfig> config) {
		return Objects.nonNull(connections.metrics()) ? connections
				: new ConnManager(() -> config.getObject().maxConn(), new ServerMetrics());
	}

	/**
	 * The server for beans that show it.
	 * @param server the bean
	 * @param config the configuration of the application's server
	 * @return the bean, or a server that is never started if it is a mock
	 */
	public static ZinxServer of(ZinxServer server, ObjectProvider<ServerConfig> config) {
		return Objects.nonNull(server.config()) ? server : ZinxServerBuilder.of(config::getObject).build();
	}

	/**
	 * The cluster for beans that show it.
	 * @param cluster the only bean, or {@code null} if there is none or several
	 * @param server its server
	 * @return the bean; a cluster of one node if there is none, or it is a mock
	 */
	public static ZinxCluster of(@Nullable ZinxCluster cluster, ZinxServer server) {
		return (cluster != null && Objects.nonNull(cluster.status())) ? cluster
				: ZinxCluster.ofOneNode(server.connManager());
	}

}
