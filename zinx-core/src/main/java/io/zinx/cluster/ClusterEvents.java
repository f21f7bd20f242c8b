package io.zinx.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a cluster, passed to its listeners one at a time. Any thread. What comes
 * while a thousand events wait, because a listener blocks, is dropped with a warning.
 */
final class ClusterEvents {

	static final int MOST_WAITING = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private final List<ClusterListener> listeners;

	private final Queue<Consumer<ClusterListener>> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final SerialTask task;

	private final LogThrottle throttle = new LogThrottle(1, Clocks.SYSTEM.nanoTime());

	ClusterEvents(List<ClusterListener> listeners, Executor executor) {
		this.listeners = listeners;
		this.task = new SerialTask(executor, this::tellAll);
	}

	void tell(Consumer<ClusterListener> event) {
		if (this.listeners.isEmpty()) {
			return;
		}
		if (this.waiting.incrementAndGet() > MOST_WAITING) {
			this.waiting.decrementAndGet();
			this.throttle.log((before) -> logger
				.warn("A listener of the cluster blocks: its next event is dropped, " + "and {} were before", before));
			return;
		}
		this.queue.add(event);
		this.task.request();
	}

	private void tellAll() {
		Consumer<ClusterListener> event = this.queue.poll();
		while (event != null) {
			this.waiting.decrementAndGet();
			for (ClusterListener listener : this.listeners) {
				tell(listener, event);
			}
			event = this.queue.poll();
		}
	}

	private static void tell(ClusterListener listener, Consumer<ClusterListener> event) {
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> logger.error("Cluster listener {} failed", listener.getClass().getName(),
					EscapedException.of(ex)));
		}
	}

}
