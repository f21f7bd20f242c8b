package io.zinx.cluster;

/**
 * Listener for events of the cluster. Called by a thread of the cluster, one call at a
 * time: a listener that blocks delays other events, and after a thousand of them they are
 * dropped with a warning. An exception is logged and has no other effect.
 */
public interface ClusterListener {

	/**
	 * A node was heard for the first time, or again after it had left.
	 * @param node the node
	 */
	default void nodeJoined(ClusterNode node) {
	}

	/**
	 * A node has said goodbye, or was not heard within {@code zinx.cluster.node-timeout}.
	 * @param node the node as it was last heard
	 */
	default void nodeLeft(ClusterNode node) {
	}

	/**
	 * Messages of another node did not arrive: the numbers of its messages to one target
	 * have a gap. Connections of this node have missed them.
	 * @param nodeId the node that sent them
	 * @param target the key, the group or all connections that they were sent to
	 * @param count the number of messages, 1 or more
	 */
	default void messagesLost(String nodeId, PushTarget target, long count) {
	}

	/**
	 * The backplane is connected, for the first time or again; subscriptions are being
	 * made.
	 */
	default void connected() {
	}

	/**
	 * The backplane is away: messages reach this node only.
	 */
	default void disconnected() {
	}

}
