package io.zinx.cluster;

import java.util.function.ToLongFunction;

import io.netty.buffer.Unpooled;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the messages of other nodes to the connections of this one. For one worker: a
 * topic is always with the same one.
 */
final class PushReceiver implements InboundQueue.Handler {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private final LocalNode local;

	private final ClusterEvents events;

	private final Topics topics;

	private final ToLongFunction<String> interests;

	private final ReceivedNumbers numbers = new ReceivedNumbers();

	private final LogThrottle throttle = new LogThrottle(1, Clocks.SYSTEM.nanoTime());

	/**
	 * Create a receiver.
	 * @param local this node
	 * @param events is told of lost messages
	 * @param topics the names of topics
	 * @param interests the number of this node's interest in a topic, 0 for none
	 */
	PushReceiver(LocalNode local, ClusterEvents events, Topics topics, ToLongFunction<String> interests) {
		this.local = local;
		this.events = events;
		this.topics = topics;
		this.interests = interests;
	}

	@Override
	public void handle(String topic, byte[] message) {
		long interest = this.interests.applyAsLong(topic);
		PushTarget target = this.topics.target(topic);
		if (interest == 0 || target == null) {
			return;
		}
		ClusterFrameReader.read(message, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				received(topic, interest, target, frame);
			}

			@Override
			public void dropped(FrameDropReason reason) {
				PushReceiver.this.dropped(topic, reason);
			}

		});
	}

	private void received(String topic, long interest, PushTarget target, ClusterFrame frame) {
		if (frame.node().equals(this.local.id())) {
			return;
		}
		if (!belongs(frame, target)) {
			dropped(topic, FrameDropReason.MALFORMED);
			return;
		}
		long missing = this.numbers.note(topic, interest, frame.node(), frame.sequence());
		if (missing == ReceivedNumbers.DUPLICATE) {
			return;
		}
		this.local.metrics().countReceived();
		if (missing > 0) {
			this.local.metrics().countLost(missing);
			this.events.tell((listener) -> listener.messagesLost(frame.node(), target, missing));
		}
		try {
			deliver(topic, frame);
		}
		catch (Throwable ex) {
			this.throttle.log((before) -> logger.error(
					"A message of node {} on topic {} could not be delivered, " + "{} were not before",
					PeerText.escape(frame.node(), 100), PeerText.escape(topic, 100), before, EscapedException.of(ex)));
		}
	}

	private boolean belongs(ClusterFrame frame, PushTarget target) {
		PushTarget said = frame.target();
		boolean possible = frame.kind() == FrameKind.PUSH
				|| (frame.kind() == FrameKind.KICK && target.kind() == PushTarget.Kind.KEY);
		return possible && said.kind() == target.kind() && said.name().equals(target.name())
				&& frame.server().equals(this.local.server());
	}

	private void deliver(String topic, ClusterFrame frame) {
		if (frame.kind() == FrameKind.PUSH) {
			frame.target()
				.among(this.local.connections())
				.broadcast(frame.msgId(), Unpooled.wrappedBuffer(frame.body()));
			return;
		}
		KickBody kick = KickBody.decode(frame.body());
		if (kick == null) {
			dropped(topic, FrameDropReason.MALFORMED);
			return;
		}
		LocalKick.of(this.local.connections(), frame.target().name(), kick.reason(), kick.lastMessage());
	}

	private void dropped(String topic, FrameDropReason reason) {
		this.local.metrics().countDropped(reason, 1);
		this.throttle.log((before) -> logger.warn("A frame on topic {} is dropped: {}; {} were before",
				PeerText.escape(topic, 100), reason, before));
	}

}
