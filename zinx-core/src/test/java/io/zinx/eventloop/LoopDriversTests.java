package io.zinx.eventloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.nio.NioIoHandler;
import io.zinx.testing.TestThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopDriversTests {

	private final ConcurrentHashMap<Object, Work> works = new ConcurrentHashMap<>();

	private final LoopDrivers drivers = new LoopDrivers(TestThreads.named("driven"), (loop) -> {
		Work work = new Work();
		this.works.put(loop, work);
		return work;
	});

	private final List<MovableEventLoop> loops = new ArrayList<>();

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.release.countDown();
		this.loops.forEach((loop) -> loop.shutdownGracefully(0, 10, TimeUnit.SECONDS));
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.drivers.threads().stream().noneMatch(Thread::isAlive));
	}

	private MovableEventLoop begin() {
		MovableEventLoop loop = this.drivers.begin(new MovableEventLoop(null, NioIoHandler.newFactory()));
		this.loops.add(loop);
		return loop;
	}

	private Work work(MovableEventLoop loop) {
		return Objects.requireNonNull(this.works.get(loop));
	}

	private void give(MovableEventLoop loop, Runnable task) {
		work(loop).tasks.add(task);
		loop.wakeUp();
	}

	@Test
	void whatIsGivenToALoopIsRunWhileTheLoopIsFree() throws Exception {
		MovableEventLoop loop = begin();
		CompletableFuture<Boolean> inEventLoop = new CompletableFuture<>();
		CompletableFuture<String> name = new CompletableFuture<>();
		give(loop, () -> {
			inEventLoop.complete(loop.inEventLoop());
			name.complete(Thread.currentThread().getName());
		});
		assertThat(inEventLoop.get(30, TimeUnit.SECONDS)).isFalse();
		assertThat(name.get()).matches("driven-worker-\\d+");
		assertThat(this.drivers.threads()).hasSize(1).allMatch(Thread::isDaemon);
	}

	@Test
	void aLoopGoesOnWithAnotherThreadWhileSomethingHoldsItsLastOneUp() throws Exception {
		MovableEventLoop loop = begin();
		for (int round = 0; round < 20; round++) {
			CountDownLatch held = new CountDownLatch(1);
			CountDownLatch over = new CountDownLatch(1);
			CompletableFuture<Thread> blocked = new CompletableFuture<>();
			give(loop, () -> {
				blocked.complete(Thread.currentThread());
				await(held);
				over.countDown();
			});
			Thread first = blocked.get(30, TimeUnit.SECONDS);
			Thread second = loop.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
			assertThat(second).isNotSameAs(first);
			assertThat(over.getCount()).isEqualTo(1);
			held.countDown();
			assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.drivers.threads()).as("those that come back are used again").hasSizeBetween(2, 3);
	}

	/**
	 * It looks as if it ran, like one that reads a socket.
	 */
	@Test
	void aLoopGoesOnWithAnotherThreadWhileItsLastOneComputesForLong() throws Exception {
		MovableEventLoop loop = begin();
		CompletableFuture<Thread> computing = new CompletableFuture<>();
		CompletableFuture<Thread> second = new CompletableFuture<>();
		give(loop, () -> {
			computing.complete(Thread.currentThread());
			while (!second.isDone()) {
				Thread.onSpinWait();
			}
		});
		Thread first = computing.get(30, TimeUnit.SECONDS);
		loop.execute(() -> second.complete(Thread.currentThread()));
		assertThat(second.get(30, TimeUnit.SECONDS)).isNotSameAs(first);
	}

	@Test
	void whatWaitsBehindSomethingThatIsHeldUpIsRunByTheNextThread() throws Exception {
		MovableEventLoop loop = begin();
		int held = 10;
		CountDownLatch begun = new CountDownLatch(held);
		for (int i = 0; i < held; i++) {
			give(loop, () -> {
				begun.countDown();
				await(this.release);
			});
		}
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(loop.submit(() -> true).get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.drivers.threads()).hasSize(held + 1);
	}

	@Test
	void aSpareThreadServesWhicheverLoopNeedsOne() throws Exception {
		MovableEventLoop one = begin();
		MovableEventLoop other = begin();
		for (int round = 0; round < 20; round++) {
			MovableEventLoop loop = (round % 2 == 0) ? one : other;
			CountDownLatch held = new CountDownLatch(1);
			CountDownLatch over = new CountDownLatch(1);
			give(loop, () -> {
				await(held);
				over.countDown();
			});
			Awaitility.await().until(() -> work(loop).tasks.isEmpty());
			loop.submit(() -> {
			}).get(30, TimeUnit.SECONDS);
			held.countDown();
			assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.drivers.threads()).hasSizeBetween(3, 4);
	}

	/**
	 * The list is not safe for threads: two that drove the loop at a time would spoil it.
	 */
	@Test
	void oneThreadDrivesALoopAtATimeHoweverOftenItMoves() throws Exception {
		MovableEventLoop loop = begin();
		int tasks = 20_000;
		List<Integer> run = new ArrayList<>();
		AtomicInteger held = new AtomicInteger();
		for (int i = 0; i < tasks; i++) {
			int number = i;
			loop.execute(() -> run.add(number));
			if (i % 500 == 0) {
				give(loop, () -> {
					held.incrementAndGet();
					await(new CountDownLatch(1), 5);
				});
			}
		}
		Awaitility.await().until(() -> held.get() == tasks / 500);
		loop.submit(() -> {
		}).get(30, TimeUnit.SECONDS);
		assertThat(run).hasSize(tasks).isSorted();
	}

	@Test
	void aDefectOfWhatIsRunEndsNoThread() throws Exception {
		MovableEventLoop loop = begin();
		give(loop, () -> {
			throw new IllegalStateException("on purpose");
		});
		CompletableFuture<Void> behind = new CompletableFuture<>();
		give(loop, () -> behind.complete(null));
		behind.get(30, TimeUnit.SECONDS);
		assertThat(this.drivers.threads()).hasSize(1);
	}

	/**
	 * Nobody is asked to look while nothing is done.
	 */
	@Test
	void nobodyWakesUpWhileThereIsNothingToDo() throws Exception {
		MovableEventLoop loop = begin();
		Work work = work(loop);
		CompletableFuture<Void> done = new CompletableFuture<>();
		give(loop, () -> done.complete(null));
		done.get(30, TimeUnit.SECONDS);
		AtomicInteger seen = new AtomicInteger(-1);
		Awaitility.await()
			.during(Duration.ofMillis(200))
			.until(() -> seen.getAndSet(work.looks.get()) == work.looks.get());
		int before = work.looks.get();
		give(loop, () -> await(this.release));
		Awaitility.await().until(() -> work.looks.get() > before);
	}

	@Test
	void aLoopThatIsEndedWhileItIsFreeEndsAllTheSame() {
		MovableEventLoop loop = begin();
		give(loop, () -> await(this.release));
		Awaitility.await().until(() -> work(loop).tasks.isEmpty());
		loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
		Awaitility.await().until(loop::isTerminated);
		assertThat(this.drivers.threads()).as("the one that is held up").anyMatch(Thread::isAlive);
	}

	@Test
	void theThreadsEndWithTheLastLoopAndNotBefore() throws Exception {
		MovableEventLoop one = begin();
		MovableEventLoop other = begin();
		one.shutdownGracefully(0, 10, TimeUnit.SECONDS);
		Awaitility.await().until(one::isTerminated);
		CompletableFuture<Void> done = new CompletableFuture<>();
		give(other, () -> done.complete(null));
		done.get(30, TimeUnit.SECONDS);
		other.shutdownGracefully(0, 10, TimeUnit.SECONDS);
		Awaitility.await().until(() -> this.drivers.threads().stream().noneMatch(Thread::isAlive));
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("driven-watch")));
	}

	private static void await(CountDownLatch latch) {
		await(latch, 60_000);
	}

	private static void await(CountDownLatch latch, long millis) {
		try {
			latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Runs one task each time.
	 */
	private static final class Work implements LoopWork {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		private final AtomicInteger looks = new AtomicInteger();

		@Override
		public boolean isWaiting() {
			return !this.tasks.isEmpty();
		}

		@Override
		public void run() {
			Runnable task = this.tasks.poll();
			if (task != null) {
				task.run();
			}
		}

		@Override
		public void collect() {
		}

		@Override
		public void look() {
			this.looks.incrementAndGet();
		}

	}

}
