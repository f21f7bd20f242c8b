package io.zinx.eventloop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of a server. They serve many clients, so they inherit nothing from
 * the thread that makes them, which may handle a web request or one client: no thread
 * locals, class loader, priority or group. Any thread.
 */
public final class ServerThreads {

	private final String serverName;

	private final ClassLoader classLoader;

	private final AtomicInteger workers = new AtomicInteger();

	/**
	 * Prepare the threads of a server.
	 * @param serverName the name of the server, with which the names of its threads begin
	 * @param classLoader the class loader of the application, which becomes the context
	 * class loader of each thread; {@code null} for that of this class
	 */
	public ServerThreads(String serverName, @Nullable ClassLoader classLoader) {
		this.serverName = serverName;
		this.classLoader = (classLoader != null) ? classLoader : ServerThreads.class.getClassLoader();
	}

	/**
	 * The name of the server.
	 * @return the name
	 */
	public String serverName() {
		return this.serverName;
	}

	/**
	 * Make a daemon thread.
	 * @param suffix what comes behind the name of the server
	 * @param task what it runs
	 * @return the thread, not yet started
	 */
	public Thread daemon(String suffix, Runnable task) {
		return make(this.serverName + suffix, true, task);
	}

	/**
	 * Make a thread that keeps the JVM alive.
	 * @param suffix what comes behind the name of the server
	 * @param task what it runs
	 * @return the thread, not yet started
	 */
	public Thread user(String suffix, Runnable task) {
		return make(this.serverName + suffix, false, task);
	}

	/**
	 * Make a daemon thread on which Netty's thread locals are fast. Waits for a thread
	 * that ends at once: Netty's have no constructor that inherits nothing, so one that
	 * has nothing makes it.
	 * @param name its whole name
	 * @param task what it runs
	 * @return the thread, not yet started
	 */
	public Thread fast(String name, Runnable task) {
		return CompletableFuture
			.supplyAsync(() -> new FastThreadLocalThread(task, name),
					(made) -> make(name + "-maker", true, made).start())
			.join();
	}

	/**
	 * Make a daemon thread that may run handlers of any worker, as {@link #fast}.
	 * @param task what it runs
	 * @return the thread, not yet started
	 */
	public Thread worker(Runnable task) {
		return fast(this.serverName + "-worker-" + this.workers.incrementAndGet(), task);
	}

	@SuppressWarnings("ThreadPriorityCheck")
	private Thread make(String name, boolean daemon, Runnable task) {
		Thread thread = new Thread(outermostGroup(), task, name, 0, false);
		thread.setDaemon(daemon);
		thread.setPriority(Thread.NORM_PRIORITY);
		return adopt(thread);
	}

	/**
	 * The group that is there as long as the JVM, and bounds no priority.
	 */
	private static ThreadGroup outermostGroup() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		return group;
	}

	/**
	 * Give a thread the class loader of the application.
	 * @param thread a thread that others have made and that inherits nothing
	 * @return the thread
	 */
	public Thread adopt(Thread thread) {
		thread.setContextClassLoader(this.classLoader);
		return thread;
	}

}
