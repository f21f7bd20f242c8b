package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first connection, and a new one after each loss, until it is closed. Its
 * state belongs to the one thread that it has.
 */
final class ConnectionLoop {

	private static final long SHORTEST_BOUND_MILLIS = 100;

	private static final long LONGEST_BOUND_MILLIS = 2000;

	private final Connector connector;

	private final Outcomes outcomes;

	private final ScheduledThreadPoolExecutor executor;

	private @Nullable Attempt running;

	private int failures;

	private boolean closed;

	ConnectionLoop(Connector connector, ServerThreads threads, Outcomes outcomes) {
		this.connector = connector;
		this.outcomes = outcomes;
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> threads.daemon("-reconnect", task));
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Connect now. The thread that the outcomes are told on.
	 */
	void connect() {
		execute(this::attempt);
	}

	/**
	 * Connect after a random time: up to 100 ms, and up to twice as long after each
	 * failure, but never more than 2 s.
	 */
	void connectLater() {
		long bound = Math.min(LONGEST_BOUND_MILLIS, SHORTEST_BOUND_MILLIS << Math.min(this.failures, 10));
		this.failures++;
		schedule(this::attempt, TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(bound + 1)));
	}

	/**
	 * Note that a connection has lasted.
	 */
	void settle() {
		this.failures = 0;
	}

	private void attempt() {
		if (this.closed || this.running != null) {
			return;
		}
		Attempt attempt = this.connector.attempt();
		this.running = attempt;
		CompletableFuture<Link.Connections> result = attempt.run();
		Future<?> limit = schedule(
				() -> result.completeExceptionally(new NoAnswerException("Redis has not answered in time", null)),
				this.connector.longestAttempt().toNanos());
		result.whenComplete((connections, failure) -> {
			limit.cancel(false);
			execute(() -> finished(attempt, connections, failure));
		});
	}

	private void finished(Attempt attempt, Link.@Nullable Connections connections, @Nullable Throwable failure) {
		this.running = null;
		if (this.closed || connections == null) {
			attempt.abort();
		}
		if (this.closed) {
			return;
		}
		if (connections != null) {
			this.outcomes.connected(connections);
			return;
		}
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		this.outcomes.failed((cause != null) ? cause : new IllegalStateException());
	}

	/**
	 * Run a task on the thread of the loop; nothing happens after it is closed.
	 */
	void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// It is closed.
		}
	}

	/**
	 * Run a task later on the thread of the loop; nothing happens after it is closed.
	 */
	Future<?> schedule(Runnable task, long nanos) {
		try {
			return this.executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Give up the attempt that runs, make no other, and end the thread.
	 */
	void close(Duration timeout) {
		execute(() -> {
			this.closed = true;
			if (this.running != null) {
				this.running.abort();
			}
		});
		this.executor.shutdown();
		try {
			this.executor.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.executor.shutdownNow();
	}

	/**
	 * Receiver of the results, on the thread of the loop.
	 */
	interface Outcomes {

		/**
		 * There are connections.
		 */
		void connected(Link.Connections connections);

		/**
		 * An attempt has failed.
		 */
		void failed(Throwable cause);

	}

}
