package io.zinx.boot.context;

import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.ZinxCluster;

/**
 * Published when another node was heard for the first time, or again after it had left.
 * Listeners run on the thread of the cluster's events: one that blocks delays other
 * events.
 */
public final class ClusterNodeJoinedEvent extends ClusterEvent {

	private final transient ClusterNode node;

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 * @param node the node
	 */
	public ClusterNodeJoinedEvent(ZinxCluster cluster, ClusterNode node) {
		super(cluster);
		this.node = node;
	}

	/**
	 * The node.
	 * @return the node
	 */
	public ClusterNode node() {
		return this.node;
	}

}
