package io.zinx.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SerialTaskTests {

	private final Deque<Runnable> executor = new ArrayDeque<>();

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void requestsBeforeARunShareIt() {
		SerialTask task = new SerialTask(this.executor::add, this.runs::incrementAndGet);
		task.request();
		task.request();
		assertThat(this.executor).hasSize(1);
		this.executor.remove().run();
		assertThat(this.runs).hasValue(1);
		assertThat(this.executor).isEmpty();
		task.request();
		assertThat(this.executor).hasSize(1);
	}

	@Test
	void aRequestDuringARunLeadsToAnotherOneEvenIfTheTaskFails() {
		SerialTask[] task = new SerialTask[1];
		task[0] = new SerialTask(this.executor::add, () -> {
			if (this.runs.incrementAndGet() == 1) {
				task[0].request();
				throw new IllegalStateException("of the test");
			}
		});
		task[0].request();
		this.executor.remove().run();
		this.executor.remove().run();
		assertThat(this.runs).hasValue(2);
		assertThat(this.executor).isEmpty();
	}

	@Test
	void manyThreadsNeverRunItTwiceAtATimeAndTheLastRequestIsSeen() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			AtomicInteger requested = new AtomicInteger();
			AtomicInteger seen = new AtomicInteger();
			AtomicInteger inside = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			SerialTask task = new SerialTask(threads, () -> {
				most.accumulateAndGet(inside.incrementAndGet(), Math::max);
				seen.set(requested.get());
				inside.decrementAndGet();
			});
			CountDownLatch done = new CountDownLatch(4);
			for (int i = 0; i < 4; i++) {
				new Thread(() -> {
					for (int j = 0; j < 20_000; j++) {
						requested.incrementAndGet();
						task.request();
					}
					done.countDown();
				}).start();
			}
			done.await();
			TestNode.await(() -> seen.get() == 80_000);
			assertThat(most).hasValue(1);
		}
		finally {
			threads.shutdown();
		}
	}

}
