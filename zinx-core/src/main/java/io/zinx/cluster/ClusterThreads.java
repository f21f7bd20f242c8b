package io.zinx.cluster;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.eventloop.ServerThreads;

/**
 * The threads of a node in a cluster: one for heartbeats and timeouts, and a few for all
 * that takes longer, which end when there is nothing to do.
 */
final class ClusterThreads {

	private static final int MOST_INBOUND = 4;

	/** Beside the inbound queues: publishing, subscribing, and listeners. */
	private static final int OTHER_TASKS = 3;

	private static final long IDLE_SECONDS = 10;

	private final int inboundQueues = Math.min(MOST_INBOUND, Runtime.getRuntime().availableProcessors());

	private final ScheduledThreadPoolExecutor scheduler;

	private final ThreadPoolExecutor pool;

	ClusterThreads(ServerThreads threads) {
		this.scheduler = new ScheduledThreadPoolExecutor(1, (task) -> threads.daemon("-cluster", task),
				new ThreadPoolExecutor.DiscardPolicy());
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		AtomicInteger made = new AtomicInteger();
		this.pool = new ThreadPoolExecutor(this.inboundQueues + OTHER_TASKS, this.inboundQueues + OTHER_TASKS,
				IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> threads.daemon("-cluster-" + made.incrementAndGet(), task),
				new ThreadPoolExecutor.DiscardPolicy());
		this.pool.allowCoreThreadTimeOut(true);
	}

	int inboundQueues() {
		return this.inboundQueues;
	}

	ScheduledThreadPoolExecutor scheduler() {
		return this.scheduler;
	}

	ExecutorService pool() {
		return this.pool;
	}

	/**
	 * End all threads, each when it has finished what it does. Waits for none: one of
	 * them may call this, because a listener stops the server.
	 */
	void end() {
		this.scheduler.shutdown();
		this.pool.shutdown();
	}

}
