package io.zinx.worker;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.IoHandler;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.outbound.LoopOutbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that wait for an event loop whose part is played by the test.
 */
class LoopWorkersByHandTests {

	private final ManualThreads source = new ManualThreads(1);

	private final LaneThreads threads = new LaneThreads("test", 0, this.source);

	private final MovableEventLoop loop = new MovableEventLoop(null, (executor) -> noSockets());

	private final LoopWorkers workers = new LoopWorkers(this.loop, new LoopOutbox(this.loop), this.threads);

	private static IoHandler noSockets() {
		return (IoHandler) Proxy.newProxyInstance(IoHandler.class.getClassLoader(), new Class<?>[] { IoHandler.class },
				(proxy, method, args) -> null);
	}

	private void give(Worker worker, Runnable task) {
		worker.add(new TestLane(task) {
			@Override
			public WorkQueue loopQueue() {
				return LoopWorkersByHandTests.this.workers;
			}
		});
	}

	@Test
	void socketsAreLookedAtAfterSixteenLanesOfWhateverWorkers() {
		AtomicInteger run = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			Worker worker = new Worker(i, 16, this.threads);
			give(worker, run::incrementAndGet);
			give(worker, run::incrementAndGet);
		}
		int rounds = 0;
		while (this.workers.isWaiting()) {
			int before = run.get();
			this.workers.run();
			assertThat(run.get() - before).isBetween(1, 16);
			rounds++;
		}
		assertThat(run).hasValue(200);
		assertThat(rounds).isGreaterThanOrEqualTo(13);
	}

	@Test
	void aWorkerThatHasMuchToDoTakesTurnsWithTheOthers() {
		StringBuilder run = new StringBuilder();
		Worker busy = new Worker(0, 16, this.threads);
		for (int i = 0; i < 40; i++) {
			give(busy, () -> run.append('b'));
		}
		give(new Worker(1, 16, this.threads), () -> run.append('o'));
		while (this.workers.isWaiting()) {
			this.workers.run();
		}
		assertThat(run).hasSize(41);
		assertThat(run.indexOf("o")).isLessThanOrEqualTo(16);
	}

	@Test
	void socketsAreLookedAtAfterAMillisecond() {
		AtomicInteger run = new AtomicInteger();
		Worker worker = new Worker(0, 16, this.threads);
		for (int i = 0; i < 3; i++) {
			give(worker, () -> {
				Patience.pause(2);
				run.incrementAndGet();
			});
		}
		this.workers.run();
		assertThat(run).hasValue(1);
		assertThat(this.workers.isWaiting()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatHasWaitedForFourLooksIsRunByOtherThreadsAndNothingBefore(boolean idle) {
		AtomicInteger run = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			give(new Worker(i, 16, this.threads), run::incrementAndGet);
		}
		while (this.workers.isWaiting()) {
			this.workers.run();
		}
		for (int i = 0; i < 5; i++) {
			this.workers.look(idle);
		}
		give(new Worker(3, 16, this.threads), run::incrementAndGet);
		give(new Worker(4, 16, this.threads), run::incrementAndGet);
		for (int i = 0; i < 4; i++) {
			this.workers.look(idle);
			assertThat(this.workers.isWaiting()).isTrue();
			assertThat(this.source.started()).isZero();
		}
		this.workers.look(idle);
		assertThat(this.workers.isWaiting()).isFalse();
		this.source.runAll();
		assertThat(run).hasValue(5);
	}

	/**
	 * There is more than its thread can do, but nobody else to do it either.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatWaitsBehindOthersThatAreRunGoesToOtherThreadsIfAProcessorIsIdle(boolean idle) {
		for (int i = 0; i < 100; i++) {
			Worker worker = new Worker(i, 16, this.threads);
			for (int lane = 0; lane < 16; lane++) {
				give(worker, () -> {
				});
			}
		}
		for (int i = 0; i < 10; i++) {
			this.workers.run();
			this.workers.look(idle);
		}
		assertThat(this.source.started()).isEqualTo(idle ? 1 : 0);
		assertThat(this.workers.isWaiting()).isEqualTo(!idle);
	}

	@Test
	void behindAStopNothingWaitsAndNoLaneIsBegun() {
		AtomicInteger behind = new AtomicInteger();
		Worker worker = new Worker(0, 16, this.threads);
		give(worker, this.threads::startNothing);
		give(worker, behind::incrementAndGet);
		give(new Worker(1, 16, this.threads), behind::incrementAndGet);
		this.workers.run();
		assertThat(this.workers.isWaiting()).isFalse();
		this.workers.run();
		assertThat(behind).hasValue(0);
	}

}
