package io.zinx.cluster;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages from the backplane to workers: those of one topic to one worker, in
 * order. Never blocks: what exceeds the bound of all workers together is dropped and
 * counted, so that the backplane is always read.
 */
final class InboundWorkers {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private final ByteBudget budget;

	private final InboundQueue[] queues;

	private final ClusterMetrics metrics;

	private final LogThrottle throttle = new LogThrottle(1, Clocks.SYSTEM.nanoTime());

	/**
	 * Create workers.
	 * @param maxInbound the most bytes that wait
	 * @param threads run the workers
	 * @param handlers makes a handler for each worker
	 * @param metrics counts what is dropped
	 */
	InboundWorkers(long maxInbound, ClusterThreads threads, Supplier<InboundQueue.Handler> handlers,
			ClusterMetrics metrics) {
		this.budget = new ByteBudget(maxInbound);
		this.queues = Stream.generate(() -> new InboundQueue(this.budget, threads.pool(), handlers.get()))
			.limit(threads.inboundQueues())
			.toArray(InboundQueue[]::new);
		this.metrics = metrics;
	}

	void receive(String topic, byte[] message) {
		int spread = topic.hashCode() * 0x9E3779B9;
		InboundQueue queue = this.queues[(spread >>> 16) % this.queues.length];
		if (!queue.add(topic, message)) {
			this.metrics.countDropped(FrameDropReason.INBOUND_FULL, ClusterFrameReader.count(message));
			this.throttle.log((before) -> logger
				.warn("Messages of other nodes come faster than they are delivered: one is dropped, {} were before. "
						+ "zinx.cluster.max-inbound bounds their bytes", before));
		}
	}

	/** The bytes that wait. */
	long bytes() {
		return this.budget.taken();
	}

}
