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

	private final Supplier<String> serverName;

	private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	private final ConnManager connections;

	private final Supplier<Backplane> backplane;

	private final List<ClusterListener> listeners;

	private final ClusterMetrics metrics = new ClusterMetrics();

	/** The parts that have the name of the server; {@code null} until it is needed. */
	private volatile @Nullable Named named;

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
		this(settings, () -> serverName, connections, () -> backplane, listeners);
		Objects.requireNonNull(serverName, "serverName");
		Objects.requireNonNull(backplane, "backplane");
	}

	/**
	 * Create a node before the name of its server and the backplane are known.
	 * @param settings its settings
	 * @param serverName supplies the name of its server; called for the first message to
	 * other nodes, at the latest at the start
	 * @param connections the connections of the server
	 * @param backplane supplies what connects the nodes; called at each start
	 * @param listeners the listeners for events
	 */
	public ClusterMember(ClusterSettings settings, Supplier<String> serverName, ConnManager connections,
			Supplier<Backplane> backplane, List<ClusterListener> listeners) {
		this.settings = Objects.requireNonNull(settings, "settings");
		this.serverName = Objects.requireNonNull(serverName, "serverName");
		this.connections = Objects.requireNonNull(connections, "connections");
		this.backplane = Objects.requireNonNull(backplane, "backplane");
		this.listeners = List.copyOf(listeners);
	}

	private Named named() {
		Named known = this.named;
		if (known == null) {
			String name = this.serverName.get();
			known = new Named(new ServerThreads(name, this.classLoader), new Topics(this.settings.name(), name),
					new ClusterFrameWriter(name, nodeId()));
			this.named = known;
		}
		return known;
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
		ServerThreads threads = named().threads();
		LocalNode local = new LocalNode(threads.serverName(), nodeId(), this.connections, this.metrics);
		ClusterRun started = new ClusterRun(this.settings, threads, local, this.backplane.get(), this.listeners);
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
			Draft draft = named().frames().draft(FrameKind.PUSH, target, msgId, body.readableBytes());
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
		Draft draft = named().frames().draft(FrameKind.KICK, target, 0, body.readableBytes());
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
			push = new Push(named().topics().of(target), frame, locally.get(), result, this.metrics);
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

	/**
	 * The parts that have the name of the server.
	 */
	private record Named(ServerThreads threads, Topics topics, ClusterFrameWriter frames) {
	}

}
