package io.zinx.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts the threads that run lanes. Any thread.
 */
public interface ThreadSource {

	/**
	 * Run something on a thread of its own.
	 * @param task what to run; must throw nothing
	 */
	void start(Runnable task);

	/**
	 * How many threads there may be at a time.
	 * @return 1 or more
	 */
	int limit();

	/**
	 * Start nothing more.
	 */
	void stop();

	/**
	 * Virtual threads where the JDK has them, from version 21 on; otherwise a pool of
	 * platform threads.
	 * @param name what the threads' names begin with
	 * @param maxThreads the most platform threads
	 * @return the source
	 */
	static ThreadSource of(String name, int maxThreads) {
		return (Runtime.version().feature() >= VirtualThreads.SINCE) ? new VirtualThreads(name)
				: new PlatformThreads(name, maxThreads);
	}

	/**
	 * Virtual threads, of which there may be any number. Made by reflection, because this
	 * is compiled for a JDK that has none.
	 */
	final class VirtualThreads implements ThreadSource {

		static final int SINCE = 21;

		private final ThreadFactory factory;

		private volatile boolean stopped;

		VirtualThreads(String name) {
			try {
				Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
				Class<?> type = Class.forName("java.lang.Thread$Builder");
				Method named = type.getMethod("name", String.class, long.class);
				this.factory = (ThreadFactory) type.getMethod("factory").invoke(named.invoke(builder, name, 1L));
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("This JDK has no virtual threads", cause(ex));
			}
		}

		private static Throwable cause(ReflectiveOperationException ex) {
			Throwable cause = (ex instanceof InvocationTargetException) ? ex.getCause() : null;
			return (cause != null) ? cause : ex;
		}

		@Override
		public void start(Runnable task) {
			if (!this.stopped) {
				this.factory.newThread(task).start();
			}
		}

		@Override
		public int limit() {
			return Integer.MAX_VALUE;
		}

		@Override
		public void stop() {
			this.stopped = true;
		}

	}

	/**
	 * A pool of daemon threads that grows as needed; a thread that has had nothing to do
	 * for a minute ends.
	 */
	final class PlatformThreads implements ThreadSource {

		private static final long IDLE_SECONDS = 60;

		private final int limit;

		private final ExecutorService pool;

		PlatformThreads(String name, int limit) {
			this.limit = limit;
			AtomicInteger made = new AtomicInteger();
			this.pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
					new SynchronousQueue<>(), (task) -> {
						Thread thread = new Thread(task, name + made.incrementAndGet());
						thread.setDaemon(true);
						return thread;
					});
		}

		@Override
		public void start(Runnable task) {
			this.pool.execute(task);
		}

		@Override
		public int limit() {
			return this.limit;
		}

		@Override
		public void stop() {
			this.pool.shutdown();
		}

	}

}
