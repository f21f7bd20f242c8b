package io.zinx.boot.context;

import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.ZinxCluster;

/**
 * Published when another node has said goodbye, or was not heard within
 * {@code zinx.cluster.node-timeout}. Listeners run on the thread of the cluster's events:
 * one that blocks delays other events.
 */
public final class ClusterNodeLeftEvent extends ClusterEvent {

	private final transient ClusterNode node;

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 * @param node the node, as it was last heard
	 */
	public ClusterNodeLeftEvent(ZinxCluster cluster, ClusterNode node) {
		super(cluster);
		this.node = node;
	}

	/**
	 * The node.
	 * @return the node, as it was last heard
	 */
	public ClusterNode node() {
		return this.node;
	}

}
