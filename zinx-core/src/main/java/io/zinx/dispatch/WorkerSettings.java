package io.zinx.dispatch;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;

/**
 * How messages are handed to workers.
 *
 * @param mode on which threads messages are handled
 * @param poolSize how many worker threads there are in mode {@code hash}, 1 to 4096
 * @param maxTaskLen the most messages that may wait for one worker, 1 or more; when they
 * are there, the connections that send more are not read until half of them are handled
 * @param asyncTimeout how long a connection waits for an answer that comes later, at most
 * a year; zero for as long as it takes
 */
public record WorkerSettings(WorkerMode mode, int poolSize, int maxTaskLen, Duration asyncTimeout) {

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * Ten workers in mode {@code hash}, 1024 messages each; answers within 30 seconds.
	 */
	public static final WorkerSettings DEFAULTS = new WorkerSettings(WorkerMode.HASH, 10, 1024, Duration.ofSeconds(30));

	public WorkerSettings {
		Objects.requireNonNull(mode, "mode");
		InvalidSettingException.requireRange("worker-pool-size", poolSize, 1, 4096);
		InvalidSettingException.requireRange("max-worker-task-len", maxTaskLen, 1, 1 << 30);
		Objects.requireNonNull(asyncTimeout, "asyncTimeout");
		if (asyncTimeout.isNegative() || asyncTimeout.compareTo(YEAR) > 0) {
			throw new InvalidSettingException("async-timeout", asyncTimeout, "zero to 365 days");
		}
	}

}
