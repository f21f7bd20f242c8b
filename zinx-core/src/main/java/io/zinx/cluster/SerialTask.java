package io.zinx.cluster;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs on an executor once or more after each request, and never twice at a
 * time. Any thread may request a run.
 */
final class SerialTask implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	private final Executor executor;

	private final Runnable task;

	/** The requests that no finished run has seen. */
	private final AtomicInteger requests = new AtomicInteger();

	SerialTask(Executor executor, Runnable task) {
		this.executor = executor;
		this.task = task;
	}

	void request() {
		if (this.requests.getAndIncrement() == 0) {
			this.executor.execute(this);
		}
	}

	@Override
	public void run() {
		int seen = this.requests.get();
		try {
			this.task.run();
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> logger.error("A task of the cluster failed", ex));
		}
		if (this.requests.addAndGet(-seen) != 0) {
			this.executor.execute(this);
		}
	}

}
