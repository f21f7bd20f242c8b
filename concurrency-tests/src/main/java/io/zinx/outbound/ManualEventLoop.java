package io.zinx.outbound;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.channel.DefaultEventLoop;

/**
 * An event loop without a thread: it keeps its tasks until a thread runs them.
 */
final class ManualEventLoop extends DefaultEventLoop {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	void runOne() {
		Runnable task = this.tasks.poll();
		if (task != null) {
			task.run();
		}
	}

	void runAll() {
		while (!this.tasks.isEmpty()) {
			runOne();
		}
	}

}
