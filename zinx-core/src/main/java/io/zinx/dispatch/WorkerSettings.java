package io.zinx.dispatch;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;

/**
 * How messages are handed to workers.
 *
 * @param mode on which threads messages are handled
 * @param poolSize how many workers there are in mode {@code hash}, and so how many
 * handlers may run at a time, 1 to 4096
 * @param maxTaskLen the most messages that may wait for one worker, 1 or more; when they
 * are there, the connections that send more are not read until half of them are handled.
 * In mode {@code bind}, and where routers have an {@link io.zinx.routing.Execution} of
 * their own, it counts for each connection
 * @param maxThreads the most platform threads, 1 to 100,000, for connections in mode
 * {@code bind} where the JDK has no virtual threads; when all are taken, connections wait
 * for the first that is free
 * @param asyncTimeout how long a connection waits for an answer that comes later, at most
 * a year; zero for as long as it takes
 */
public record WorkerSettings(WorkerMode mode, int poolSize, int maxTaskLen, int maxThreads, Duration asyncTimeout) {

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * Ten workers in mode {@code hash}, 1024 messages each; at most 1000 platform threads
	 * in mode {@code bind}; answers within 30 seconds.
	 */
	public static final WorkerSettings DEFAULTS = new WorkerSettings(WorkerMode.HASH, 10, 1024, 1000,
			Duration.ofSeconds(30));

	public WorkerSettings {
		Objects.requireNonNull(mode, "mode");
		InvalidSettingException.requireRange("worker-pool-size", poolSize, 1, 4096);
		InvalidSettingException.requireRange("max-worker-task-len", maxTaskLen, 1, 1 << 30);
		InvalidSettingException.requireRange("bind-max-threads", maxThreads, 1, 100_000);
		Objects.requireNonNull(asyncTimeout, "asyncTimeout");
		if (asyncTimeout.isNegative() || asyncTimeout.compareTo(YEAR) > 0) {
			throw new InvalidSettingException("async-timeout", asyncTimeout, "zero to 365 days");
		}
	}

}
