package io.zinx.boot.context;

import io.zinx.cluster.ZinxCluster;

import org.springframework.context.ApplicationEvent;

/**
 * Published when the backplane is connected, for the first time or again. Listeners run
 * on the thread of the cluster's events: one that blocks delays other events.
 */
public final class ClusterConnectedEvent extends ApplicationEvent {

	private final transient ZinxCluster cluster;

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 */
	public ClusterConnectedEvent(ZinxCluster cluster) {
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
