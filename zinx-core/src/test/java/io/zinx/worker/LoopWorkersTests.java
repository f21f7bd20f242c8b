package io.zinx.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.outbound.LoopOutbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that event loops run, with real threads.
 */
class LoopWorkersTests {

	@Test
	void oneThreadRunsEverythingAsLongAsNothingIsHeldUp() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(10)) {
			Set<Thread> threads = ConcurrentHashMap.newKeySet();
			CountDownLatch done = new CountDownLatch(10_000);
			for (int i = 0; i < 10_000; i++) {
				LaneGiver.give(driven.runner(i % 10), new TestLane(() -> {
					threads.add(Thread.currentThread());
					done.countDown();
				}));
			}
			Patience.await(done);
			Patience.until(() -> driven.workers().left().isEmpty());
			assertThat(threads).as("instead of one for each worker").hasSizeLessThanOrEqualTo(6);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8 })
	void nobodyWaitsBehindNeighboursThatAreHeldUp(int size) throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(size)) {
			LaneGiver.assertNobodyWaitsBehindNeighbours(
					IntStream.range(0, size).mapToObj((worker) -> driven.runner(worker)).toList(), 5 * size);
		}
	}

	@Test
	void whatWaitsBehindAHeldUpLaneOfItsOwnWorkerIsRunBehindItAndInOrder() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(2)) {
			List<Integer> run = new ArrayList<>();
			BlockedLane blocked = new BlockedLane();
			CountDownLatch done = new CountDownLatch(100);
			LaneGiver.give(driven.runner(0), blocked);
			blocked.awaitBegin();
			for (int i = 0; i < 100; i++) {
				int number = i;
				LaneGiver.give(driven.runner(0), new TestLane(() -> {
					run.add(number);
					done.countDown();
				}));
			}
			CountDownLatch other = new CountDownLatch(1);
			LaneGiver.give(driven.runner(1), new TestLane(other::countDown));
			Patience.await(other);
			assertThat(done.getCount()).isEqualTo(100);
			blocked.release();
			Patience.await(done);
			assertThat(run).hasSize(100).isSorted();
		}
	}

	/**
	 * A worker whose lanes come from several event loops is with one thread at a time all
	 * the same. The tallies are not safe for threads.
	 */
	@Test
	void aWorkerOfConnectionsOnSeveralLoopsIsWithOneThreadAtATime() throws Exception {
		int each = 10_000;
		try (DrivenWorkers driven = new DrivenWorkers(3, 2)) {
			Tally[] tallies = IntStream.range(0, 3).mapToObj((i) -> new Tally()).toArray(Tally[]::new);
			CountDownLatch left = new CountDownLatch(4 * each);
			Crowd.run(4, (adder) -> {
				for (int i = 0; i < each; i++) {
					int number = (i + adder) % 3;
					int round = i;
					LaneGiver.give(driven.runner(number, (i / 3) % 2), new TestLane(() -> {
						tallies[number].add();
						if (round % 1000 == 7) {
							Patience.pause(2);
						}
						left.countDown();
					}));
				}
			});
			Patience.await(left);
			assertThat(Stream.of(tallies).mapToInt(Tally::count).sum()).isEqualTo(4 * each);
		}
	}

	/**
	 * Behind four lanes that take long the worker is slow; another thread than that of
	 * the event loop runs it then, and the event loop does not move for it any more.
	 */
	@Test
	void aWorkerWhoseHandlersAreSlowLeavesTheThreadOfTheEventLoop() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(2)) {
			for (int i = 0; i < 4; i++) {
				run(driven.runner(0), () -> Patience.pause(3));
			}
			for (int i = 0; i < 20; i++) {
				CompletableFuture<Thread> thread = new CompletableFuture<>();
				run(driven.runner(0), () -> {
					thread.complete(Thread.currentThread());
					Patience.pause(3);
				});
				assertThat(driven.drivers().threads()).doesNotContain(thread.join());
			}
		}
	}

	@Test
	void aWorkerThatIsQuickAgainComesBackToTheThreadOfTheEventLoop() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(1)) {
			for (int i = 0; i < 5; i++) {
				run(driven.runner(0), () -> Patience.pause(1));
			}
			Patience.until(() -> {
				CompletableFuture<Thread> thread = new CompletableFuture<>();
				run(driven.runner(0), () -> thread.complete(Thread.currentThread()));
				return driven.drivers().threads().contains(thread.join());
			});
		}
	}

	/**
	 * The event loop itself is held up, as by a router that says it should run there: the
	 * worker that waits for it gets another thread, also if nobody was watching before.
	 */
	@Test
	void aWorkerDoesNotWaitForAnEventLoopThatIsBlocked() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(1)) {
			CountDownLatch release = new CountDownLatch(1);
			CountDownLatch blocked = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(1);
			Patience.pause(100);
			driven.loop(0).execute(() -> {
				LaneGiver.give(driven.runner(0), new TestLane(done::countDown));
				blocked.countDown();
				Patience.awaitQuietly(release);
			});
			Patience.await(blocked);
			Patience.await(done);
			assertThat(release.getCount()).isEqualTo(1);
			release.countDown();
		}
	}

	/**
	 * Threads are to be there for work that waits, even if every handler computes.
	 */
	@Test
	void workersThatComputeForLongUseTheOtherProcessors() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(4)) {
			CountDownLatch together = new CountDownLatch(2);
			for (int i = 0; i < 2; i++) {
				LaneGiver.give(driven.runner(i), new TestLane(() -> {
					together.countDown();
					while (together.getCount() > 0) {
						Thread.onSpinWait();
					}
				}));
			}
			Patience.await(together);
		}
	}

	/**
	 * Its replies are those of the event loop that has another thread by then.
	 */
	@Test
	void aReplyThatIsFinishedWhenTheLoopHasMovedIsWrittenAllTheSame() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(1)) {
			for (int round = 0; round < 20; round++) {
				CountDownLatch written = new CountDownLatch(1);
				CountDownLatch moved = new CountDownLatch(1);
				Reply reply = new Reply(written::countDown);
				LoopOutbox outbox = driven.outbox(0);
				LaneGiver.give(driven.runner(0), TestLane.answering(outbox, reply, () -> Patience.awaitQuietly(moved)));
				driven.loop(0).submit(() -> {
				}).get(30, TimeUnit.SECONDS);
				Patience.until(() -> driven.drivers().threads().stream().anyMatch(driven.loop(0)::inEventLoop));
				moved.countDown();
				Patience.await(written);
			}
		}
	}

	@Test
	void aStopInterruptsWhatRunsOnTheThreadOfAnEventLoop() throws Exception {
		DrivenWorkers driven = new DrivenWorkers(2);
		BlockedLane lane = new BlockedLane();
		BlockedLane spared = BlockedLane.stubborn();
		AtomicInteger behind = new AtomicInteger();
		LaneGiver.give(driven.runner(0), lane);
		LaneGiver.give(driven.runner(1), spared);
		Thread sparedThread = spared.thread();
		lane.awaitBegin();
		LaneGiver.give(driven.runner(0), new TestLane(behind::incrementAndGet));
		assertThat(driven.workers().left()).hasSize(2);
		driven.workers().stop((thread) -> thread == sparedThread);
		Patience.until(() -> driven.workers().left((thread) -> thread == sparedThread).isEmpty());
		assertThat(lane.wasInterrupted()).isTrue();
		assertThat(spared.wasInterrupted()).isFalse();
		assertThat(driven.workers().left()).containsExactly(sparedThread.getName());
		spared.release();
		Patience.until(() -> driven.workers().left().isEmpty());
		driven.close();
		assertThat(behind).hasValue(0);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> driven.drivers().threads().stream().noneMatch(Thread::isAlive));
	}

	@Test
	void whatIsLeftOfAWorkerThatHasBecomeSlowIsNotForgotten() throws Exception {
		try (DrivenWorkers driven = new DrivenWorkers(1)) {
			CountDownLatch done = new CountDownLatch(12);
			BlockedLane gate = new BlockedLane();
			LaneGiver.give(driven.runner(0), gate);
			gate.awaitBegin();
			for (int i = 0; i < 12; i++) {
				LaneGiver.give(driven.runner(0), new TestLane(() -> {
					Patience.pause(2);
					done.countDown();
				}));
			}
			gate.release();
			Patience.await(done);
		}
	}

	private static void run(LaneRunner runner, Runnable task) throws Exception {
		CompletableFuture<Void> done = new CompletableFuture<>();
		LaneGiver.give(runner, new TestLane(() -> {
			task.run();
			done.complete(null);
		}));
		done.get(30, TimeUnit.SECONDS);
	}

}
