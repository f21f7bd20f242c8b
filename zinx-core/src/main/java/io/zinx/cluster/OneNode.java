package io.zinx.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A server without a cluster.
 */
final class OneNode implements ZinxCluster {

	private static final String ID = "local";

	private final ConnManager connections;

	OneNode(ConnManager connections) {
		this.connections = Objects.requireNonNull(connections, "connections");
	}

	@Override
	public String nodeId() {
		return ID;
	}

	@Override
	public List<ClusterNode> nodes() {
		return List.of(new ClusterNode(ID, true, this.connections.size(), Duration.ZERO));
	}

	@Override
	public CompletionStage<Boolean> isOnline(String key) {
		return CompletableFuture.completedStage(this.connections.byKey(key) != null);
	}

	@Override
	public BroadcastResult push(PushTarget target, long msgId, ByteBuf body) {
		return target.among(this.connections).broadcast(msgId, body);
	}

	@Override
	public CompletionStage<PushResult> send(PushTarget target, long msgId, ByteBuf body) {
		return result(push(target, msgId, body));
	}

	@Override
	public CompletionStage<PushResult> kick(String key, CloseReason reason, @Nullable Message lastMessage) {
		return result(LocalKick.of(this.connections, key, reason, lastMessage));
	}

	private static CompletionStage<PushResult> result(BroadcastResult local) {
		PushState state = (local.reached() > 0) ? PushState.SENT : PushState.NO_RECEIVER;
		return CompletableFuture.completedStage(new PushResult(local, 0, state));
	}

	@Override
	public ClusterStatus status() {
		return new ClusterStatus(false, "", ID, false, null, 0, 0, 0, 0, null);
	}

}
