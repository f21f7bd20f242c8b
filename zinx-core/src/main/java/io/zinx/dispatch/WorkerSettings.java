package io.zinx.dispatch;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;

/**
 * The threads that handle messages, and the bounds of their queues.
 *
 * @param mode the kind of threads that handle messages
 * @param poolSize the number of workers in mode {@code hash}, and so the number of
 * handlers that may run at a time, 1 to 4096
 * @param maxTaskLen the queue bound of a worker: the most messages that may wait for it,
 * 1 or more; when it is reached, the connections that send more are not read until half
 * of the messages are handled. In mode {@code bind}, and for routers with an
 * {@link io.zinx.routing.Execution} of their own, it is the bound of each connection
 * @param maxThreads the most platform threads, 1 to 100,000, for connections in mode
 * {@code bind} where the JDK has no virtual threads; when all are in use, connections
 * wait for a free one
 * @param asyncTimeout the time that a connection waits for an asynchronous answer, at
 * most 365 days; zero for no limit
 */
public record WorkerSettings(WorkerMode mode, int poolSize, int maxTaskLen, int maxThreads, Duration asyncTimeout) {

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * The defaults: ten workers in mode {@code hash}, 1024 messages each; at most 1000
	 * platform threads in mode {@code bind}; asynchronous answers within 30 seconds.
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

	/**
	 * The number of workers to which all connections belong.
	 * @return {@link #poolSize()} in mode {@code hash}, 0 in the others
	 */
	public int hashSize() {
		return (this.mode == WorkerMode.HASH) ? this.poolSize : 0;
	}

}
