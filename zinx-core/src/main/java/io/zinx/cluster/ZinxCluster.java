package io.zinx.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of a cluster as one server: sends to the connections of every node. A server
 * without a cluster is a cluster of one node, {@link #ofOneNode}, so code that uses this
 * interface is the same for both. Any thread, also inside routers and listeners; no
 * method waits for another node.
 * <p>
 * The messages of one thread to one target arrive in order. Each is delivered at most
 * once: what a node misses while its connection to the backplane is away is lost.
 */
public interface ZinxCluster {

	/**
	 * A server without a cluster.
	 * @param connections the connections of the server
	 * @return a cluster of one node
	 */
	static ZinxCluster ofOneNode(ConnManager connections) {
		return new OneNode(connections);
	}

	/**
	 * The name of this node.
	 * @return {@code zinx.cluster.node-id}
	 */
	String nodeId();

	/**
	 * The nodes that were heard within {@code zinx.cluster.node-timeout}, with the
	 * numbers of their last heartbeats, which are up to one interval old.
	 * @return a snapshot, this node first, the others by name
	 */
	List<ClusterNode> nodes();

	/**
	 * Ask whether a key is bound by a connection of any node.
	 * @param key the key
	 * @return completes with the answer, at once if it is bound on this node; fails with
	 * {@link ClusterUnavailableException} if the backplane is away or does not answer in
	 * time. Usually completes on a thread of the backplane, so dependent stages must not
	 * block, or need an executor
	 */
	CompletionStage<Boolean> isOnline(String key);

	/**
	 * Send a message: to connections of this node before this method returns, to those of
	 * other nodes soon after. {@link #send} tells whether it reached other nodes.
	 * @param target the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return the result on this node
	 * @throws IllegalArgumentException if {@code msgId} is out of range; in a cluster
	 * also if a key or the name of the group has more than 65,535 bytes in UTF-8, or more
	 * than 100 keys are left out
	 */
	BroadcastResult push(PushTarget target, long msgId, ByteBuf body);

	/**
	 * Send a message, as {@link #push}, and be told how far it got.
	 * @param target the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return completes when the backplane has answered, at the latest after
	 * {@code zinx.cluster.publish-timeout}; never fails. Usually completes on a thread of
	 * the backplane, so dependent stages must not block, or need an executor
	 * @throws IllegalArgumentException if {@code msgId} is out of range; in a cluster
	 * also if a key or the name of the group has more than 65,535 bytes in UTF-8, or more
	 * than 100 keys are left out
	 */
	CompletionStage<PushResult> send(PushTarget target, long msgId, ByteBuf body);

	/**
	 * Send a message, as {@link #send(PushTarget, long, ByteBuf)}.
	 * @param target the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return completes when the backplane has answered
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	default CompletionStage<PushResult> send(PushTarget target, long msgId, byte[] body) {
		return send(target, msgId, Unpooled.wrappedBuffer(body));
	}

	/**
	 * Send a text in UTF-8, as {@link #send(PushTarget, long, ByteBuf)}.
	 * @param target the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return completes when the backplane has answered
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	default CompletionStage<PushResult> send(PushTarget target, long msgId, String text) {
		return send(target, msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Close all connections of every node that have bound a key, with
	 * {@link CloseReason#KICKED}.
	 * @param key the key
	 * @return as for {@link #kick(String, CloseReason, Message)}
	 */
	default CompletionStage<PushResult> kick(String key) {
		return kick(key, CloseReason.KICKED, null);
	}

	/**
	 * Close all connections of every node that have bound a key.
	 * @param key the key
	 * @param reason the reason
	 * @param lastMessage sent before; {@code null} for what each node has configured for
	 * the reason
	 * @return completes as {@link #send} does; the local result counts the connections of
	 * this node that are closed by this call as reached
	 * @throws IllegalArgumentException in a cluster, if the key has more than 65,535
	 * bytes in UTF-8
	 */
	CompletionStage<PushResult> kick(String key, CloseReason reason, @Nullable Message lastMessage);

	/**
	 * The state of this node in the cluster.
	 * @return a snapshot
	 */
	ClusterStatus status();

}
