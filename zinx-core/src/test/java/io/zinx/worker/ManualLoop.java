package io.zinx.worker;

import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.EventLoop;

/**
 * An event loop that a test drives. Any thread may give it tasks; the test runs them.
 */
final class ManualLoop {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> scheduled = new ConcurrentLinkedQueue<>();

	private final EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(),
			new Class<?>[] { EventLoop.class }, (proxy, method, args) -> switch (method.getName()) {
				case "execute" -> put(this.tasks, (Runnable) args[0]);
				case "schedule" -> put(this.scheduled, (Runnable) args[0]);
				case "isShuttingDown" -> this.ended;
				case "hashCode" -> 1;
				case "equals" -> proxy == args[0];
				default -> throw new UnsupportedOperationException(method.getName());
			});

	private volatile boolean ended;

	private volatile boolean full;

	@SuppressWarnings("NullAway")
	private Object put(Queue<Runnable> queue, Runnable task) {
		if (this.ended) {
			throw new RejectedExecutionException("This event loop has ended");
		}
		if (this.full) {
			throw new RejectedExecutionException("This event loop takes nothing more, on purpose");
		}
		queue.add(task);
		return null;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * The tasks that wait for the next turn.
	 */
	int tasks() {
		return this.tasks.size();
	}

	/**
	 * Run the tasks that are there now, without a look at sockets in between.
	 */
	void runTasks() {
		run(this.tasks);
	}

	/**
	 * Look at the sockets, then run what was scheduled.
	 */
	void runScheduled() {
		run(this.scheduled);
	}

	private static void run(Queue<Runnable> queue) {
		for (int left = queue.size(); left > 0; left--) {
			queue.remove().run();
		}
	}

	/**
	 * Whether it takes no task for the present.
	 */
	void full(boolean full) {
		this.full = full;
	}

	void end() {
		this.ended = true;
	}

}
