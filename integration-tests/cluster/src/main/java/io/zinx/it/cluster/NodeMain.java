package io.zinx.it.cluster;

import java.io.IOException;

import io.lettuce.core.RedisURI;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.redis.RedisBackplane;
import io.zinx.cluster.redis.RedisBackplaneSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in a process of its own: its name and the port of Redis. Prints its port, and
 * ends with its standard input, so that it never outlives who has started it.
 */
public final class NodeMain {

	static final String PORT = "port ";

	static final Logger log = LoggerFactory.getLogger(NodeMain.class);

	private static final Logger report = LoggerFactory.getLogger("report");

	private NodeMain() {
	}

	/**
	 * Run the node.
	 * @param args its name, the port of Redis
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		RedisURI redis = RedisURI.create("redis://127.0.0.1:" + Integer.parseInt(args[1]));
		Node node = new Node(settings(args[0]), new RedisBackplane(RedisBackplaneSettings.of(redis)));
		node.start();
		report.info("{}{}", PORT, node.port());
		while (System.in.read() >= 0) {
			// Nothing is ever written.
		}
		Runtime.getRuntime().halt(0);
	}

	static ClusterSettings settings(String id) {
		ClusterSettings defaults = ClusterSettings.of("proof");
		return new ClusterSettings(defaults.name(), id, Options.HEARTBEAT, Options.NODE_TIMEOUT,
				Options.PUBLISH_TIMEOUT, defaults.maxPending(), defaults.maxInbound());
	}

}
