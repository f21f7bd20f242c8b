package io.zinx.boot.context;

import io.zinx.cluster.ZinxCluster;

/**
 * Published when the backplane is away: messages reach this node only. Listeners run on
 * the thread of the cluster's events: one that blocks delays other events.
 */
public final class ClusterDisconnectedEvent extends ClusterEvent {

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 */
	public ClusterDisconnectedEvent(ZinxCluster cluster) {
		super(cluster);
	}

}
