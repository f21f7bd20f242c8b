package io.zinx.cluster;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles what arrives on the topic of nodes: heartbeats and goodbyes. All on the
 * scheduler's thread.
 */
final class NodeListener implements InboundQueue.Handler {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private static final int LONGEST_TEXT = 100;

	private final LocalNode local;

	private final ClusterEvents events;

	private final NodeTable nodes;

	private final NodeHeartbeats heartbeats;

	private final ScheduledExecutorService scheduler;

	private final LogThrottle throttle = new LogThrottle(1, Clocks.SYSTEM.nanoTime());

	private boolean expiryPlanned;

	private boolean saidTwoNodes;

	private boolean saidOtherServer;

	NodeListener(LocalNode local, ClusterEvents events, NodeTable nodes, NodeHeartbeats heartbeats,
			ScheduledExecutorService scheduler) {
		this.local = local;
		this.events = events;
		this.nodes = nodes;
		this.heartbeats = heartbeats;
		this.scheduler = scheduler;
	}

	@Override
	public void handle(String topic, byte[] message) {
		ClusterFrameReader.read(message, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				received(frame);
			}

			@Override
			public void dropped(FrameDropReason reason) {
				NodeListener.this.dropped(reason);
			}

		});
	}

	private void received(ClusterFrame frame) {
		HeartbeatBody body = HeartbeatBody.decode(frame.body());
		if (body == null || (frame.kind() != FrameKind.HEARTBEAT && frame.kind() != FrameKind.GOODBYE)) {
			dropped(FrameDropReason.MALFORMED);
		}
		else if (!frame.server().equals(this.local.server())) {
			otherServer(frame);
		}
		else if (frame.node().equals(this.local.id())) {
			ownName(frame.kind(), body);
		}
		else if (frame.kind() == FrameKind.HEARTBEAT) {
			heard(frame.node(), body);
		}
		else {
			tellLeft(this.nodes.left(frame.node(), body.incarnation()));
		}
	}

	private void otherServer(ClusterFrame frame) {
		if (!this.saidOtherServer) {
			this.saidOtherServer = true;
			logger.warn(
					"Node {} of this cluster has a server with another name, {} instead of {}: no messages pass "
							+ "between them. Set zinx.name alike, or give them different names in zinx.cluster.name",
					PeerText.escape(frame.node(), LONGEST_TEXT), PeerText.escape(frame.server(), LONGEST_TEXT),
					this.local.server());
		}
	}

	private void ownName(FrameKind kind, HeartbeatBody body) {
		if (kind == FrameKind.HEARTBEAT && !this.heartbeats.isOwn(body) && !this.saidTwoNodes) {
			this.saidTwoNodes = true;
			logger.error("Two nodes use zinx.cluster.node-id={}: they do not hear each other's messages",
					this.local.id());
		}
	}

	private void heard(String id, HeartbeatBody body) {
		ClusterNode before = this.nodes.get(id);
		NodeTable.Change change = this.nodes.heard(id, body);
		if (change == NodeTable.Change.TOO_MANY) {
			this.throttle.log((withheld) -> logger.warn("There are more than {} nodes: node {} is not remembered",
					NodeTable.MOST_NODES, PeerText.escape(id, LONGEST_TEXT)));
			return;
		}
		if (change == NodeTable.Change.NONE) {
			return;
		}
		if (change == NodeTable.Change.RESTARTED) {
			tellLeft(before);
		}
		ClusterNode joined = this.nodes.get(id);
		if (joined != null) {
			logger.info("Node {} joined", PeerText.escape(id, LONGEST_TEXT));
			this.events.tell((listener) -> listener.nodeJoined(joined));
		}
		this.heartbeats.answer();
		planExpiry();
	}

	private void tellLeft(@Nullable ClusterNode node) {
		if (node != null) {
			logger.info("Node {} left", PeerText.escape(node.id(), LONGEST_TEXT));
			this.events.tell((listener) -> listener.nodeLeft(node));
		}
	}

	/**
	 * Look when the first node may expire. Heartbeats make that later, never earlier.
	 */
	private void planExpiry() {
		long next = this.nodes.nextExpiry();
		if (!this.expiryPlanned && next >= 0) {
			this.expiryPlanned = true;
			this.scheduler.schedule(this::expire, next + 1, TimeUnit.NANOSECONDS);
		}
	}

	private void expire() {
		this.expiryPlanned = false;
		this.nodes.expire().forEach(this::tellLeft);
		planExpiry();
	}

	private void dropped(FrameDropReason reason) {
		this.local.metrics().countDropped(reason, 1);
		this.throttle.log((before) -> logger.warn("A frame on the topic of nodes is dropped: {}; {} were before",
				reason, before));
	}

}
