package io.zinx.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zinx.connection.BroadcastResult;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.ServerThreads;
import io.zinx.session.MemberNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a node in a cluster, from its start to its stop: puts the parts together and
 * passes on to them what the backplane tells.
 */
final class ClusterRun implements BackplaneListener {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	/** The bytes of heartbeats that may wait. */
	private static final long MOST_NODE_BYTES = 1 << 20;

	private final ClusterSettings settings;

	private final Backplane backplane;

	private final ClusterThreads threads;

	private final ClusterEvents events;

	private final ClusterMetrics metrics;

	private final MemberNames members;

	private final Topics topics;

	private final Subscriptions subscriptions;

	private final Publisher publisher;

	private final Questions questions;

	private final InboundWorkers inbound;

	private final NodeTable nodes;

	private final NodeHeartbeats heartbeats;

	private final InboundQueue nodeMessages;

	private volatile @Nullable String lastError;

	ClusterRun(ClusterSettings settings, ServerThreads serverThreads, LocalNode local, Backplane backplane,
			List<ClusterListener> listeners) {
		this.settings = settings;
		this.backplane = backplane;
		this.threads = new ClusterThreads(serverThreads);
		this.events = new ClusterEvents(listeners, this.threads.pool());
		this.metrics = local.metrics();
		this.members = ConnectionRegistry.of(local.connections()).memberNames();
		this.topics = new Topics(settings.name(), local.server());
		ClusterFrameWriter frames = new ClusterFrameWriter(local.server(), local.id());
		this.heartbeats = new NodeHeartbeats(backplane, this.topics.nodes(), frames, local.connections()::size,
				this.threads.scheduler(), settings.heartbeatInterval());
		this.subscriptions = new Subscriptions(backplane, this.topics, this.members, this.threads,
				() -> this.threads.scheduler().execute(this::hearAgain));
		this.publisher = new Publisher(backplane, frames, this.subscriptions::mayReceive, this.threads, settings);
		this.questions = new Questions(backplane, this.subscriptions::mayReceive, this.threads.scheduler(), settings);
		this.inbound = new InboundWorkers(settings.maxInbound(), this.threads,
				() -> new PushReceiver(local, this.events, this.topics, this.subscriptions::interest), this.metrics);
		this.nodes = new NodeTable(settings.nodeTimeout(), Clocks.SYSTEM.nanoTime());
		this.nodeMessages = new InboundQueue(new ByteBudget(MOST_NODE_BYTES), this.threads.scheduler(),
				new NodeListener(local, this.events, this.nodes, this.heartbeats, this.threads.scheduler()));
	}

	void start() {
		this.members.listen(this.subscriptions);
		try {
			this.backplane.start(this);
		}
		catch (RuntimeException | Error ex) {
			this.members.listen(null);
			end();
			throw ex;
		}
		this.heartbeats.start();
		long interval = this.settings.heartbeatInterval().toNanos();
		this.threads.scheduler()
			.scheduleWithFixedDelay(this::checkSubscriptions, interval, interval, TimeUnit.NANOSECONDS);
	}

	/**
	 * Heartbeats arrive from now on.
	 */
	private void hearAgain() {
		this.nodes.hearAgain();
		this.heartbeats.subscribed();
	}

	private void checkSubscriptions() {
		if (this.subscriptions.isStuck(this.settings.nodeTimeout().toNanos())) {
			logger.warn("The backplane does not answer to subscriptions: this node makes a new connection");
			this.backplane.reconnect();
		}
	}

	@Override
	public void received(String topic, byte[] message) {
		if (!topic.equals(this.topics.nodes())) {
			this.inbound.receive(topic, message);
		}
		else if (!this.nodeMessages.add(topic, message)) {
			this.metrics.countDropped(FrameDropReason.INBOUND_FULL, ClusterFrameReader.count(message));
		}
	}

	@Override
	public void restored() {
		logger.info("Node {} of cluster {}: the backplane is connected", this.settings.nodeId(), this.settings.name());
		this.subscriptions.restored();
		this.events.tell(ClusterListener::connected);
	}

	@Override
	public void lost(@Nullable Throwable cause) {
		Throwable shown = (cause != null) ? EscapedException.of(cause) : null;
		this.lastError = (shown != null) ? shown.toString() : "The connection was closed";
		logger.info("Node {} of cluster {}: the backplane is away, messages reach this node only ({})",
				this.settings.nodeId(), this.settings.name(), this.lastError);
		this.subscriptions.lost();
		this.publisher.lost();
		this.events.tell(ClusterListener::disconnected);
	}

	Publisher publisher() {
		return this.publisher;
	}

	CompletionStage<Boolean> isOnElsewhere(String key) {
		return this.questions.hasOthers(this.topics.key(key));
	}

	List<ClusterNode> otherNodes() {
		return this.nodes.list();
	}

	ClusterStatus status() {
		return new ClusterStatus(true, this.settings.name(), this.settings.nodeId(), this.backplane.isConnected(),
				this.lastError, this.subscriptions.acknowledged(), this.subscriptions.awaited(),
				this.publisher.pendingBytes(), this.inbound.bytes(), this.heartbeats.lag());
	}

	/**
	 * Publish what waits, say goodbye and disconnect.
	 * @param timeout the longest time this may take
	 */
	void stop(Duration timeout) {
		long end = Clocks.SYSTEM.nanoTime().getAsLong() + timeout.toNanos();
		this.members.listen(null);
		try {
			sayGoodbye(left(end));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			LogThrottle.logSafely(() -> logger.debug("The goodbye could not be sent", ex));
		}
		this.publisher.close();
		this.questions.close();
		try {
			this.backplane.close(Duration.ofNanos(left(end)));
		}
		catch (RuntimeException ex) {
			LogThrottle.logSafely(() -> logger.warn("Backplane {} failed to close", this.backplane, ex));
		}
		end();
	}

	/**
	 * Send the goodbye behind all that waits, and wait for the answer to it.
	 */
	private void sayGoodbye(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
		long end = Clocks.SYSTEM.nanoTime().getAsLong() + nanos;
		Future<byte[]> goodbye = this.threads.scheduler().submit(this.heartbeats::stop);
		byte[] frame = goodbye.get(left(end), TimeUnit.NANOSECONDS);
		CompletableFuture<PushResult> answer = new CompletableFuture<>();
		this.publisher.reserveAnyway(frame.length);
		this.publisher.publish(
				new Push(this.topics.nodes(), frame, new BroadcastResult(0, 0, 0, 0), answer, new ClusterMetrics()));
		answer.get(left(end), TimeUnit.NANOSECONDS);
	}

	private static long left(long end) {
		return Math.max(0, end - Clocks.SYSTEM.nanoTime().getAsLong());
	}

	private void end() {
		this.publisher.close();
		this.questions.close();
		this.threads.end();
	}

}
