package io.zinx.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.eventloop.ServerThreads;

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
	 * The most threads there may be at a time.
	 * @return 1 or more
	 */
	int limit();

	/**
	 * Let others have the processor, if the system does not see to that. On one of the
	 * threads, now and then.
	 */
	default void giveWay() {
	}

	/**
	 * Start nothing more.
	 */
	void stop();

	/**
	 * Virtual threads where the JDK has them, from version 21 on; otherwise a pool of
	 * platform threads.
	 * @param threads makes threads that inherit nothing
	 * @param maxThreads the most platform threads
	 * @return the source
	 */
	static ThreadSource of(ServerThreads threads, int maxThreads) {
		return (Runtime.version().feature() >= VirtualThreads.SINCE) ? new VirtualThreads(threads)
				: new PlatformThreads(threads, maxThreads);
	}

	/**
	 * The threads of workers that no event loop runs.
	 * @param threads makes threads that inherit nothing
	 * @param maxThreads the most threads
	 * @return the source
	 */
	static ThreadSource workers(ServerThreads threads, int maxThreads) {
		return new PlatformThreads(maxThreads, threads::worker);
	}

	/** The part of the threads' names between the server's name and their number. */
	String SUFFIX = "-conn-";

	/**
	 * Virtual threads, of which there may be any number. Made by reflection, because this
	 * is compiled for a JDK that has none.
	 */
	final class VirtualThreads implements ThreadSource {

		static final int SINCE = 21;

		private final ServerThreads threads;

		private final ThreadFactory factory;

		private volatile boolean stopped;

		VirtualThreads(ServerThreads threads) {
			this.threads = threads;
			try {
				Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
				Class<?> type = Class.forName("java.lang.Thread$Builder");
				Method name = type.getMethod("name", String.class, long.class);
				name.invoke(builder, threads.serverName() + SUFFIX, 1L);
				type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
				this.factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
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
				this.threads.adopt(this.factory.newThread(task)).start();
			}
		}

		/**
		 * A virtual thread keeps its processor until it waits for something.
		 */
		@Override
		@SuppressWarnings("ThreadPriorityCheck")
		public void giveWay() {
			Thread.yield();
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

		PlatformThreads(ServerThreads threads, int limit) {
			this(limit, numbered(threads));
		}

		private PlatformThreads(int limit, ThreadFactory factory) {
			this.limit = limit;
			this.pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
					new SynchronousQueue<>(), factory);
		}

		private static ThreadFactory numbered(ServerThreads threads) {
			AtomicInteger made = new AtomicInteger();
			return (task) -> threads.daemon(SUFFIX + made.incrementAndGet(), task);
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
