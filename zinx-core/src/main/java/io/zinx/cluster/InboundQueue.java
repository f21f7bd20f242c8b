package io.zinx.cluster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages from the backplane in their order, handled one at a time on an executor. Any
 * thread adds.
 */
final class InboundQueue {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private static final int LONGEST_TEXT = 100;

	/** The messages after which others have their turn. */
	private static final int AT_ONCE = 256;

	private static final long OVERHEAD = 64;

	private final LogThrottle throttle = new LogThrottle(1, Clocks.SYSTEM.nanoTime());

	private final ByteBudget budget;

	private final Handler handler;

	private final Queue<Arrived> queue = new ConcurrentLinkedQueue<>();

	private final SerialTask task;

	/**
	 * Create a queue.
	 * @param budget the bytes that may wait, in all queues that share it
	 * @param executor runs the handler
	 * @param handler handles the messages; what it throws is logged
	 */
	InboundQueue(ByteBudget budget, Executor executor, Handler handler) {
		this.budget = budget;
		this.handler = handler;
		this.task = new SerialTask(executor, this::handleSome);
	}

	/**
	 * Add a message.
	 * @param topic its topic
	 * @param message the message
	 * @return {@code false} if there is no room for it
	 */
	boolean add(String topic, byte[] message) {
		Arrived arrived = new Arrived(topic, message);
		if (!this.budget.take(arrived.cost())) {
			return false;
		}
		this.queue.add(arrived);
		this.task.request();
		return true;
	}

	private void handleSome() {
		for (int i = 0; i < AT_ONCE; i++) {
			Arrived next = this.queue.poll();
			if (next == null) {
				return;
			}
			handle(next);
		}
		this.task.request();
	}

	private void handle(Arrived arrived) {
		try {
			this.handler.handle(arrived.topic, arrived.message);
		}
		catch (Throwable ex) {
			this.throttle.log((before) -> logger.error("A message on topic {} is not handled, {} were not before",
					PeerText.escape(arrived.topic, LONGEST_TEXT), before, EscapedException.of(ex)));
		}
		finally {
			this.budget.giveBack(arrived.cost());
		}
	}

	/**
	 * Handler of messages.
	 */
	@FunctionalInterface
	interface Handler {

		void handle(String topic, byte[] message);

	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Arrived(String topic, byte[] message) {

		long cost() {
			return OVERHEAD + this.topic.length() + this.message.length;
		}

	}

}
