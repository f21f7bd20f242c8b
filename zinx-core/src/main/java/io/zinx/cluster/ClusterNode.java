package io.zinx.cluster;

import java.time.Duration;

/**
 * A node of the cluster, as this node knows it from the last heartbeat.
 *
 * @param id its number or name, {@code zinx.cluster.node-id}
 * @param self whether it is this node
 * @param connections the number of its connections at that time
 * @param age the time since the last heartbeat was received; zero for this node
 */
public record ClusterNode(String id, boolean self, int connections, Duration age) {
}
