package io.zinx.boot.context;

import io.zinx.cluster.ZinxCluster;

import org.springframework.context.ApplicationEvent;

/**
 * The common part of the events of a cluster.
 */
abstract class ClusterEvent extends ApplicationEvent {

	private final transient ZinxCluster cluster;

	ClusterEvent(ZinxCluster cluster) {
		super(cluster);
		this.cluster = cluster;
	}

	/**
	 * The cluster.
	 * @return the cluster, as this node sees it
	 */
	public ZinxCluster cluster() {
		return this.cluster;
	}

}
