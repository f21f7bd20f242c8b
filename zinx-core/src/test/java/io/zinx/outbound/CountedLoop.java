package io.zinx.outbound;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;

/**
 * An event loop that runs when a test says so, at a time that a test sets, and counts the
 * tasks it is given.
 */
final class CountedLoop implements AutoCloseable {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final AtomicInteger given = new AtomicInteger();

	private final EventLoop loop;

	private boolean full;

	CountedLoop() {
		this.channel.freezeTime();
		EventLoop real = this.channel.eventLoop();
		this.loop = (EventLoop) Proxy.newProxyInstance(CountedLoop.class.getClassLoader(),
				new Class<?>[] { EventLoop.class }, (proxy, method, arguments) -> {
					if (this.full && !method.getName().equals("isShuttingDown")) {
						throw new RejectedExecutionException("on purpose");
					}
					if (method.getName().equals("execute")) {
						this.given.incrementAndGet();
					}
					try {
						return method.invoke(real, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * Whether it takes no task for the present.
	 */
	void full(boolean full) {
		this.full = full;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * The number of tasks that it was to run at once.
	 */
	int given() {
		return this.given.get();
	}

	/**
	 * Run all tasks that are due.
	 */
	void run() {
		this.channel.runPendingTasks();
	}

	/**
	 * Let time pass, and run all tasks that are due then.
	 */
	void pass(long nanos) {
		this.channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
		run();
	}

	/**
	 * Whether a task waits for its time.
	 */
	boolean hasTimer() {
		return this.channel.runScheduledPendingTasks() >= 0;
	}

	/**
	 * Throw what a task has thrown.
	 */
	void check() {
		this.channel.checkException();
	}

	@Override
	public void close() {
		this.channel.finishAndReleaseAll();
	}

}
