package io.zinx.boot.context;

import io.zinx.cluster.ZinxCluster;

/**
 * Published when the backplane is connected, for the first time or again. Listeners run
 * on the thread of the cluster's events: one that blocks delays other events.
 */
public final class ClusterConnectedEvent extends ClusterEvent {

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 */
	public ClusterConnectedEvent(ZinxCluster cluster) {
		super(cluster);
	}

}
