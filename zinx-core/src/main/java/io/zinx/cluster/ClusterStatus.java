package io.zinx.cluster;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The state of a node in its cluster.
 *
 * @param clustered {@code false} for a server without a cluster, which has no backplane
 * @param name the name of the cluster, {@code zinx.cluster.name}; empty without a cluster
 * @param nodeId the name of the node
 * @param connected whether the backplane is connected
 * @param lastError the reason of the last lost connection or failed attempt to connect,
 * or {@code null} if there was none
 * @param subscriptions the number of acknowledged subscriptions: to the keys and groups
 * with members here, to messages for all, and to heartbeats
 * @param awaitedSubscriptions the number of keys and groups with members here whose
 * subscription is not acknowledged yet: messages of other nodes do not reach them
 * @param pendingBytes the bytes of messages that the backplane has not acknowledged
 * @param inboundBytes the bytes received from other nodes and not delivered
 * @param lag the time that the last heartbeat of this node took through the backplane, or
 * {@code null} if none has returned yet
 */
public record ClusterStatus(boolean clustered, String name, String nodeId, boolean connected,
		@Nullable String lastError, int subscriptions, int awaitedSubscriptions, long pendingBytes, long inboundBytes,
		@Nullable Duration lag) {
}
