package io.zinx.boot.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterMetrics;
import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.ClusterStatus;
import io.zinx.cluster.FrameDropReason;
import io.zinx.cluster.PushState;
import io.zinx.cluster.ZinxCluster;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The cluster of a server, as this node sees it.
 *
 * @param clustered {@code false} for a server without a cluster
 * @param name the name of the cluster, or {@code null} without one
 * @param nodeId the name of this node
 * @param connected whether the backplane is connected
 * @param lastError the reason of the last lost connection or failed attempt to connect,
 * or {@code null} if there was none
 * @param lag the time that the last heartbeat of this node took through the backplane, or
 * {@code null} if none has returned yet
 * @param subscriptions the number of acknowledged subscriptions
 * @param awaitedSubscriptions the number of keys and groups with members here that are
 * not subscribed to yet
 * @param pendingBytes the bytes of messages that the backplane has not acknowledged
 * @param inboundBytes the bytes received from other nodes and not delivered
 * @param traffic the messages since the start, or {@code null} without a cluster
 * @param nodes the nodes, this one first, at most 1000
 */
public record ClusterDescriptor(boolean clustered, @Nullable String name, String nodeId, boolean connected,
		@Nullable String lastError, @Nullable Duration lag, int subscriptions, int awaitedSubscriptions,
		long pendingBytes, long inboundBytes, @Nullable TrafficDescriptor traffic,
		List<NodeDescriptor> nodes) implements OperationResponseBody {

	private static final int MOST = 1000;

	static ClusterDescriptor of(ZinxCluster cluster) {
		ClusterStatus status = cluster.status();
		String lastError = status.lastError();
		return new ClusterDescriptor(status.clustered(),
				status.clustered() ? ConnectionDescriptor.shown(status.name()) : null,
				ConnectionDescriptor.shown(status.nodeId()), status.connected(),
				(lastError != null) ? ConnectionDescriptor.shown(lastError) : null, status.lag(),
				status.subscriptions(), status.awaitedSubscriptions(), status.pendingBytes(), status.inboundBytes(),
				(cluster instanceof ClusterMember member) ? TrafficDescriptor.of(member.metrics()) : null,
				cluster.nodes().stream().limit(MOST).map(NodeDescriptor::of).toList());
	}

	/**
	 * The messages between nodes since the start of this one.
	 *
	 * @param pushes the number of messages that this node has sent, by what is known
	 * about them
	 * @param received the number received from other nodes
	 * @param lost the number that other nodes sent and that did not arrive
	 * @param dropped the number that arrived and was dropped, by reason
	 */
	public record TrafficDescriptor(Map<String, Long> pushes, long received, long lost, Map<String, Long> dropped) {

		static TrafficDescriptor of(ClusterMetrics metrics) {
			Map<String, Long> pushes = new LinkedHashMap<>();
			for (PushState state : PushState.values()) {
				pushes.put(state.tag(), metrics.pushes(state));
			}
			Map<String, Long> dropped = new LinkedHashMap<>();
			for (FrameDropReason reason : FrameDropReason.values()) {
				dropped.put(reason.tag(), metrics.framesDropped(reason));
			}
			return new TrafficDescriptor(pushes, metrics.framesReceived(), metrics.framesLost(), dropped);
		}

	}

	/**
	 * A node.
	 *
	 * @param id its name
	 * @param self whether it is this node
	 * @param connections the number of its connections at its last heartbeat
	 * @param age the time since that heartbeat was received; zero for this node
	 */
	public record NodeDescriptor(String id, boolean self, int connections, Duration age) {

		static NodeDescriptor of(ClusterNode node) {
			return new NodeDescriptor(ConnectionDescriptor.shown(node.id()), node.self(), node.connections(),
					node.age());
		}

	}

}
