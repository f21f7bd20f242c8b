package io.zinx.boot.context;

import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;

/**
 * Published when messages of another node did not arrive: connections of this node have
 * missed them. Listeners run on the thread of the cluster's events: one that blocks
 * delays other events.
 */
public final class ClusterMessagesLostEvent extends ClusterEvent {

	private final String nodeId;

	private final transient PushTarget target;

	private final long count;

	/**
	 * Create an event.
	 * @param cluster the cluster, as this node sees it
	 * @param nodeId the node that sent them
	 * @param target the connections that they were sent to
	 * @param count the number of messages, 1 or more
	 */
	public ClusterMessagesLostEvent(ZinxCluster cluster, String nodeId, PushTarget target, long count) {
		super(cluster);
		this.nodeId = nodeId;
		this.target = target;
		this.count = count;
	}

	/**
	 * The node that sent them.
	 * @return the node that sent them
	 */
	public String nodeId() {
		return this.nodeId;
	}

	/**
	 * The connections that they were sent to.
	 * @return the connections that they were sent to
	 */
	public PushTarget target() {
		return this.target;
	}

	/**
	 * The number of messages.
	 * @return the number of messages, 1 or more
	 */
	public long count() {
		return this.count;
	}

}
