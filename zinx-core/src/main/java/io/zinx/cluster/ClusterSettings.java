package io.zinx.cluster;

import java.time.Duration;
import java.util.UUID;

import io.zinx.InvalidSettingException;

/**
 * The settings of a node in a cluster.
 *
 * @param name the name of the cluster: nodes of one name on one backplane are a cluster
 * @param nodeId the name of this node, which no other node of the cluster may have
 * @param heartbeatInterval the time between two heartbeats of this node
 * @param nodeTimeout the time after which a node that is not heard is forgotten; more
 * than the interval
 * @param publishTimeout the time after which a message that the backplane has not
 * acknowledged is {@link PushState#UNKNOWN}
 * @param maxPending the most bytes of messages that are not acknowledged; above it
 * messages are {@link PushState#UNAVAILABLE}
 * @param maxInbound the most bytes received from other nodes and not delivered; above it
 * messages are dropped
 */
public record ClusterSettings(String name, String nodeId, Duration heartbeatInterval, Duration nodeTimeout,
		Duration publishTimeout, long maxPending, long maxInbound) {

	private static final int LONGEST_NAME = 100;

	public ClusterSettings {
		requireName("cluster.name", name);
		requireName("cluster.node-id", nodeId);
		requireDuration("cluster.heartbeat-interval", heartbeatInterval, Duration.ofMillis(100));
		requireDuration("cluster.publish-timeout", publishTimeout, Duration.ofMillis(1));
		requireDuration("cluster.node-timeout", nodeTimeout, Duration.ofMillis(100));
		if (nodeTimeout.compareTo(heartbeatInterval) <= 0) {
			throw new InvalidSettingException("cluster.node-timeout", nodeTimeout,
					"more than cluster.heartbeat-interval, " + InvalidSettingException.describe(heartbeatInterval));
		}
		InvalidSettingException.requireBytes("cluster.max-pending", maxPending, 1024, Long.MAX_VALUE);
		InvalidSettingException.requireBytes("cluster.max-inbound", maxInbound, 1024, Long.MAX_VALUE);
	}

	private static void requireName(String setting, String value) {
		if (value.isBlank() || value.length() > LONGEST_NAME) {
			throw new InvalidSettingException(setting, value, "1 to " + LONGEST_NAME + " characters, not blank");
		}
	}

	private static void requireDuration(String setting, Duration value, Duration least) {
		if (value.compareTo(least) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
			throw new InvalidSettingException(setting, value, InvalidSettingException.describe(least) + " to 1h");
		}
	}

	/**
	 * The settings of a cluster with a random node id and default values.
	 * @param name the name of the cluster
	 * @return heartbeats every 3 seconds, 10 seconds until a node is forgotten, 500 ms
	 * for the backplane to answer, 8 MB pending, 16 MB inbound
	 */
	public static ClusterSettings of(String name) {
		return new ClusterSettings(name, randomNodeId(), Duration.ofSeconds(3), Duration.ofSeconds(10),
				Duration.ofMillis(500), 8 << 20, 16 << 20);
	}

	/**
	 * A node id that no other node has.
	 * @return 12 hexadecimal digits
	 */
	public static String randomNodeId() {
		String random = UUID.randomUUID().toString();
		return random.substring(24);
	}

}
