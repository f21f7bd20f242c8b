package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a server that is no daemon: it keeps the JVM alive, and has something
 * looked after once in a while that would hold up an event loop.
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
	 * @param serverName the name of the server, for logs and as part of its own
	 * @param period how long to wait in between
	 * @param task what to look after
	 * @return the thread, to be ended
	 */
	static KeepAliveThread start(String serverName, Duration period, Runnable task) {
		KeepAliveThread keepAlive = new KeepAliveThread(serverName, period, task);
		Thread thread = new Thread(keepAlive, serverName + "-keep-alive");
		thread.setDaemon(false);
		thread.start();
		return keepAlive;
	}

	@Override
	public void run() {
		while (!hasEnded()) {
			try {
				this.task.run();
			}
			catch (Throwable ex) {
				logger.error("[{}] A defect of this framework: what is looked after has failed", this.serverName, ex);
			}
		}
	}

	private boolean hasEnded() {
		try {
			return this.ended.await(this.periodNanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// Nobody may end this thread but the end of the server.
			return false;
		}
	}

	void end() {
		this.ended.countDown();
	}

}
