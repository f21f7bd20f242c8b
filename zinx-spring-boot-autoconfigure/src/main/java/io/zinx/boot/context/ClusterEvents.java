package io.zinx.boot.context;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.zinx.cluster.ClusterListener;
import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;
import io.zinx.diagnostics.EscapedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls the application's {@link ClusterListener}s and publishes events of the cluster. A
 * type of event without a listener when the node starts is not published. An exception of
 * a listener is logged and has no other effect.
 */
public final class ClusterEvents {

	private static final Logger logger = LoggerFactory.getLogger(ClusterEvents.class);

	private final ConfigurableApplicationContext context;

	private final Supplier<List<ClusterListener>> beans;

	private final Supplier<String> serverName;

	private volatile @Nullable Audience audience;

	/**
	 * Create an instance.
	 * @param context where to publish events
	 * @param beans supplies the listeners of the application in order; asked when the
	 * node starts, so that they may depend on the cluster
	 * @param serverName supplies the server's name, for the log
	 */
	public ClusterEvents(ConfigurableApplicationContext context, Supplier<List<ClusterListener>> beans,
			Supplier<String> serverName) {
		this.context = context;
		this.beans = beans;
		this.serverName = serverName;
	}

	/**
	 * The listener for the node. It does nothing before {@link #begin}.
	 * @return the listener
	 */
	public ClusterListener listener() {
		return new Forwarding();
	}

	/**
	 * Look up who listens. Called before each start of the node.
	 * @param cluster the cluster, as this node sees it
	 */
	void begin(ZinxCluster cluster) {
		this.audience = new Audience(cluster, this.beans.get(), isHeard(ClusterNodeJoinedEvent.class),
				isHeard(ClusterNodeLeftEvent.class), isHeard(ClusterMessagesLostEvent.class),
				isHeard(ClusterConnectedEvent.class), isHeard(ClusterDisconnectedEvent.class));
	}

	private boolean isHeard(Class<? extends ApplicationEvent> type) {
		return ListenerProbe.isHeard(this.context, type);
	}

	private void tell(Consumer<ClusterListener> call, Function<Audience, Boolean> heard,
			Function<ZinxCluster, ApplicationEvent> event) {
		Audience now = this.audience;
		if (now == null) {
			return;
		}
		for (ClusterListener listener : now.listeners) {
			guarded(listener.getClass().getName(), () -> call.accept(listener));
		}
		if (heard.apply(now) && this.context.isActive()) {
			ApplicationEvent published = event.apply(now.cluster);
			guarded("A listener of " + published.getClass().getSimpleName(),
					() -> this.context.publishEvent(published));
		}
	}

	private void guarded(String who, Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			logger.error("[{}] {} failed", this.serverName.get(), who, EscapedException.of(ex));
		}
	}

	private record Audience(ZinxCluster cluster, List<ClusterListener> listeners, boolean joined, boolean left,
			boolean lost, boolean connected, boolean disconnected) {
	}

	private final class Forwarding implements ClusterListener {

		@Override
		public void nodeJoined(ClusterNode node) {
			tell((listener) -> listener.nodeJoined(node), Audience::joined,
					(cluster) -> new ClusterNodeJoinedEvent(cluster, node));
		}

		@Override
		public void nodeLeft(ClusterNode node) {
			tell((listener) -> listener.nodeLeft(node), Audience::left,
					(cluster) -> new ClusterNodeLeftEvent(cluster, node));
		}

		@Override
		public void messagesLost(String nodeId, PushTarget target, long count) {
			tell((listener) -> listener.messagesLost(nodeId, target, count), Audience::lost,
					(cluster) -> new ClusterMessagesLostEvent(cluster, nodeId, target, count));
		}

		@Override
		public void connected() {
			tell(ClusterListener::connected, Audience::connected, ClusterConnectedEvent::new);
		}

		@Override
		public void disconnected() {
			tell(ClusterListener::disconnected, Audience::disconnected, ClusterDisconnectedEvent::new);
		}

	}

}
