package io.zinx.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Threads that do something at the same time, again and again.
 */
final class Race implements AutoCloseable {

	private final int threads;

	private final CyclicBarrier start;

	private final ExecutorService executor;

	Race(int threads) {
		this.threads = threads;
		this.start = new CyclicBarrier(threads);
		this.executor = Executors.newFixedThreadPool(threads);
	}

	/**
	 * Have it done, and wait for all of them.
	 * @param what is given the number of the thread, from 0
	 */
	void run(IntConsumer what) throws Exception {
		List<Future<?>> ends = new ArrayList<>();
		for (int t = 0; t < this.threads; t++) {
			int thread = t;
			ends.add(this.executor.submit(() -> {
				this.start.await();
				what.accept(thread);
				return null;
			}));
		}
		for (Future<?> end : ends) {
			end.get();
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
