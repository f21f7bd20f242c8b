package io.zinx.cluster;

import io.zinx.connection.BroadcastResult;

/**
 * The result of sending a message to the connections of all nodes. It says who was
 * reached at the time of sending; a message is delivered at most once and not confirmed
 * by clients.
 *
 * @param local the result on this node
 * @param nodes the number of other nodes that the message was handed to; 0 unless the
 * state is {@link PushState#SENT}
 * @param state what is known about the message
 */
public record PushResult(BroadcastResult local, int nodes, PushState state) {

	/**
	 * Return whether the message was accepted for a connection of this node or handed to
	 * another node.
	 * @return {@code true} for {@link PushState#SENT}
	 */
	public boolean isSent() {
		return this.state == PushState.SENT;
	}

}
