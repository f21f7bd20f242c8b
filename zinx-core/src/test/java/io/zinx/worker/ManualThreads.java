package io.zinx.worker;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Threads that begin when the test says so, one after the other, on the thread of the
 * test. One thread.
 */
final class ManualThreads implements ThreadSource {

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private final int limit;

	private @Nullable Error failure;

	private int started;

	private boolean stopped;

	private int gaveWay;

	ManualThreads(int limit) {
		this.limit = limit;
	}

	@Override
	public void start(Runnable task) {
		if (this.failure != null) {
			throw this.failure;
		}
		this.started++;
		this.waiting.add(task);
	}

	@Override
	public int limit() {
		return this.limit;
	}

	@Override
	public void giveWay() {
		this.gaveWay++;
	}

	@Override
	public void stop() {
		this.stopped = true;
	}

	/**
	 * Let no thread be started from now on; {@code null} to let them be started again.
	 */
	void fail(@Nullable Error failure) {
		this.failure = failure;
	}

	void runAll() {
		Runnable task = this.waiting.poll();
		while (task != null) {
			task.run();
			task = this.waiting.poll();
		}
	}

	int gaveWay() {
		return this.gaveWay;
	}

	int started() {
		return this.started;
	}

	boolean isStopped() {
		return this.stopped;
	}

}
