package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.cluster.ClusterFrameWriter.Draft;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.eventloop.ServerThreads;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A server as a node of a cluster. Started before the server and stopped after it, when
 * its last handler has ended; may be started again if its backplane may. Any thread.
 * <p>
 * Before the start and after the stop messages reach the connections of this server only,
 * and are {@link PushState#UNAVAILABLE}.
 */
public final class ClusterMember implements ZinxCluster {

	private static final byte[] NO_FRAME = {};

	private final ClusterSettings settings;

	private final ServerThreads threads;

	private final ConnManager connections;

	private final Backplane backplane;

	private final List<ClusterListener> listeners;

	private final ClusterMetrics metrics = new ClusterMetrics();

	private final Topics topics;

	private final ClusterFrameWriter frames;

	/** The current run, changed under the lock. */
	private volatile @Nullable ClusterRun run;

	/**
	 * Create a node.
	 * @param settings its settings
	 * @param serverName the name of its server: messages pass between servers of one name
	 * @param connections the connections of the server
	 * @param backplane connects the nodes
	 * @param listeners the listeners for events
	 */
	public ClusterMember(ClusterSettings settings, String serverName, ConnManager connections, Backplane backplane,
			List<ClusterListener> listeners) {
		this.settings = Objects.requireNonNull(settings, "settings");
		this.threads = new ServerThreads(serverName, Thread.currentThread().getContextClassLoader());
		this.connections = Objects.requireNonNull(connections, "connections");
		this.backplane = Objects.requireNonNull(backplane, "backplane");
		this.listeners = List.copyOf(listeners);
		this.topics = new Topics(settings.name(), serverName);
		this.frames = new ClusterFrameWriter(serverName, settings.nodeId());
	}

	/**
	 * Connect to the backplane, and subscribe to what the connections need. Returns
	 * although the backplane is away, and keeps trying then.
	 * @throws RuntimeException what {@link Backplane#start} throws because it can never
	 * succeed
	 * @throws IllegalStateException if it is started already
	 */
	public synchronized void start() {
		if (this.run != null) {
			throw new IllegalStateException("Node " + nodeId() + " is started already");
		}
		LocalNode local = new LocalNode(this.threads.serverName(), nodeId(), this.connections, this.metrics);
		ClusterRun started = new ClusterRun(this.settings, this.threads, local, this.backplane, this.listeners);
		started.start();
		this.run = started;
	}

	/**
	 * Publish what waits, say goodbye to the other nodes, and close the backplane. No
	 * effect unless it is started.
	 * @param timeout the longest time to wait for the backplane
	 */
	public synchronized void stop(Duration timeout) {
		ClusterRun stopped = this.run;
		if (stopped != null) {
			stopped.stop(timeout);
			this.run = null;
		}
	}

	/**
	 * The counters of this node.
	 * @return the counters
	 */
	public ClusterMetrics metrics() {
		return this.metrics;
	}

	@Override
	public String nodeId() {
		return this.settings.nodeId();
	}

	@Override
	public List<ClusterNode> nodes() {
		List<ClusterNode> all = new ArrayList<>();
		all.add(new ClusterNode(nodeId(), true, this.connections.size(), Duration.ZERO));
		ClusterRun current = this.run;
		if (current != null) {
			all.addAll(current.otherNodes());
		}
		return List.copyOf(all);
	}

	@Override
	public CompletionStage<Boolean> isOnline(String key) {
		if (this.connections.byKey(key) != null) {
			return CompletableFuture.completedStage(true);
		}
		ClusterRun current = this.run;
		if (current == null) {
			return CompletableFuture
				.failedStage(new ClusterUnavailableException("Node " + nodeId() + " is not started", null));
		}
		return Topics.isPossible(key) ? current.isOnElsewhere(key) : CompletableFuture.completedStage(false);
	}

	@Override
	public BroadcastResult push(PushTarget target, long msgId, ByteBuf body) {
		return push(target, msgId, body, null);
	}

	@Override
	public CompletionStage<PushResult> send(PushTarget target, long msgId, ByteBuf body) {
		CompletableFuture<PushResult> result = new CompletableFuture<>();
		push(target, msgId, body, result);
		return result;
	}

	private BroadcastResult push(PushTarget target, long msgId, ByteBuf body,
			@Nullable CompletableFuture<PushResult> result) {
		try {
			Message.requireMsgId(msgId);
			Draft draft = this.frames.draft(FrameKind.PUSH, target, msgId, body.readableBytes());
			return send(target, draft, body, () -> target.among(this.connections).broadcast(msgId, body.retain()),
					result);
		}
		finally {
			body.release();
		}
	}

	@Override
	public CompletionStage<PushResult> kick(String key, CloseReason reason, @Nullable Message lastMessage) {
		ByteBuf body = Unpooled.wrappedBuffer(new KickBody(reason, lastMessage).encode());
		PushTarget target = PushTarget.key(key);
		Draft draft = this.frames.draft(FrameKind.KICK, target, 0, body.readableBytes());
		CompletableFuture<PushResult> result = new CompletableFuture<>();
		send(target, draft, body, () -> LocalKick.of(this.connections, key, reason, lastMessage), result);
		return result;
	}

	/**
	 * Encode a frame, do on this node what it asks for, then pass it on to the others.
	 */
	private BroadcastResult send(PushTarget target, Draft draft, ByteBuf body, Supplier<BroadcastResult> locally,
			@Nullable CompletableFuture<PushResult> result) {
		ClusterRun current = this.run;
		Publisher publisher = (current != null) ? current.publisher() : null;
		if (publisher == null || !publisher.reserve(draft.length())) {
			BroadcastResult local = locally.get();
			new Push("", NO_FRAME, local, result, this.metrics).notSent();
			return local;
		}
		Push push = null;
		try {
			byte[] frame = draft.write(body);
			push = new Push(this.topics.of(target), frame, locally.get(), result, this.metrics);
			publisher.publish(push);
			return push.local();
		}
		finally {
			if (push == null) {
				publisher.giveBack(draft.length());
			}
		}
	}

	@Override
	public ClusterStatus status() {
		ClusterRun current = this.run;
		return (current != null) ? current.status() : new ClusterStatus(true, this.settings.name(), nodeId(), false,
				null, 0, ConnectionRegistry.of(this.connections).memberNames().size(), 0, 0, null);
	}

}
