package io.zinx.boot.messaging;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.payload.PayloadWriter;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;

/**
 * Sends messages to the connections of all nodes and tells how far they got:
 * {@link ZinxTemplate#cluster()}. Any thread.
 *
 * <pre class="code">
 * template.cluster().sendToKey("ann", 30, new Notice("dinner is ready")).thenAccept((result) -&gt; {
 *     if (result.state() == PushState.NO_RECEIVER) {
 *         store("ann", "dinner is ready");
 *     }
 * });</pre>
 *
 * Payloads are written as by {@link ZinxTemplate}, once for all receivers. A message is
 * sent to the connections of this node before a method returns. The stage completes when
 * the backplane has answered, at the latest after {@code zinx.cluster.publish-timeout},
 * and never fails; usually on a thread of the backplane, so dependent stages must not
 * block, or need an executor. Without a cluster it is complete already.
 * <p>
 * All methods throw {@link IllegalArgumentException} if the message number is not 0 to
 * 4294967295, or the payload cannot be written.
 */
public final class ClusterTemplate {

	private final ZinxCluster cluster;

	private final PayloadWriter writer;

	ClusterTemplate(ZinxCluster cluster, PayloadWriter writer) {
		this.cluster = cluster;
		this.writer = writer;
	}

	/**
	 * Send to all connections that have bound a key: those of one user, for example.
	 * @param key the key
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes with the result
	 */
	public CompletionStage<PushResult> sendToKey(String key, long msgId, Object payload) {
		return send(PushTarget.key(key), msgId, payload);
	}

	/**
	 * Send to all connections in a group.
	 * @param group its name
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes with the result
	 */
	public CompletionStage<PushResult> sendToGroup(String group, long msgId, Object payload) {
		return send(PushTarget.group(group), msgId, payload);
	}

	/**
	 * Send to all connections of all nodes.
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes with the result
	 */
	public CompletionStage<PushResult> sendToAll(long msgId, Object payload) {
		return send(PushTarget.all(), msgId, payload);
	}

	/**
	 * Send to some connections, for example
	 * {@code PushTarget.group("lobby").exceptKeys(List.of("ann"))}.
	 * @param target the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes with the result
	 */
	public CompletionStage<PushResult> send(PushTarget target, long msgId, Object payload) {
		Objects.requireNonNull(target, "target");
		return this.cluster.send(target, msgId, this.writer.write(Objects.requireNonNull(payload, "payload")));
	}

}
