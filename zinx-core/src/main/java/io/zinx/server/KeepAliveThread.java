package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.eventloop.ServerThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that is no daemon, so that it keeps the JVM alive until the server ends. It
 * runs a periodic check that would delay an event loop.
 */
final class KeepAliveThread implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(KeepAliveThread.class);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final String serverName;

	private final long periodNanos;

	private final Runnable task;

	private KeepAliveThread(String serverName, Duration period, Runnable task) {
		this.serverName = serverName;
		this.periodNanos = period.toNanos();
		this.task = task;
	}

	/**
	 * Start the thread.
	 * @param threads the factory of threads
	 * @param period the time between two checks
	 * @param task the check
	 * @return the thread, to be ended
	 */
	static KeepAliveThread start(ServerThreads threads, Duration period, Runnable task) {
		KeepAliveThread keepAlive = new KeepAliveThread(threads.serverName(), period, task);
		threads.user("-keep-alive", keepAlive).start();
		return keepAlive;
	}

	@Override
	public void run() {
		while (!hasEnded()) {
			try {
				this.task.run();
			}
			catch (Throwable ex) {
				logger.error(
						"[{}] Internal error: the periodic check of the workers failed and will run again. Please report it",
						this.serverName, ex);
			}
		}
	}

	/**
	 * Wait for the end of the server or of the period. An interrupt, possibly left by the
	 * check, does not end the wait.
	 */
	private boolean hasEnded() {
		long begun = System.nanoTime();
		long left = this.periodNanos;
		for (;;) {
			try {
				return this.ended.await(left, TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				left = this.periodNanos - (System.nanoTime() - begun);
			}
		}
	}

	void end() {
		this.ended.countDown();
	}

}
