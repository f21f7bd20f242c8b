package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.Repetitions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of everything that runs lanes.
 */
class LaneRunnerTests {

	/** How many lanes may be run, at most, before event loops are woken. */
	private static final int RUN = 64;

	/**
	 * The list is not safe for threads: lanes that were run at a time, or without seeing
	 * what those before them did, would spoil it.
	 */
	@ParameterizedTest
	@EnumSource
	void lanesAreRunOneAtATimeAndThoseOfEachAdderInItsOrder(RunnerKind kind) throws Exception {
		int each = 20_000;
		List<List<Integer>> run = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		List<Integer> all = new ArrayList<>();
		CountDownLatch left = new CountDownLatch(3 * each);
		try (RunnerKind.Opened opened = kind.open()) {
			Crowd.run(3, (adder) -> {
				for (int i = 1; i <= each; i++) {
					int number = i;
					opened.runner().add(new TestLane(() -> {
						run.get(adder).add(number);
						all.add(number);
						left.countDown();
					}));
					if (i % 10 == 0) {
						opened.runner().wake();
					}
				}
			});
			Patience.await(left);
			assertThat(all).hasSize(3 * each);
			List<Integer> order = IntStream.rangeClosed(1, each).boxed().toList();
			run.forEach((lanes) -> assertThat(lanes).isEqualTo(order));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatALaneAddsNeedsNoWakeAndIsRunBehindThoseThatWait(RunnerKind kind) throws Exception {
		List<String> run = new CopyOnWriteArrayList<>();
		CountDownLatch done = new CountDownLatch(1);
		try (RunnerKind.Opened opened = kind.open()) {
			LaneJob last = new TestLane(done::countDown);
			opened.giveInOneRun(new TestLane(() -> {
				run.add("first");
				opened.runner().add(new TestLane(() -> {
					run.add("added by the first");
					opened.runner().add(last);
				}));
			}), new TestLane(() -> run.add("second")));
			Patience.await(done);
			assertThat(run).containsExactly("first", "second", "added by the first");
		}
	}

	/**
	 * Each adder brings its next lane at the moment when its last one was run: the runner
	 * is about to find that there is nothing left, or has just fallen asleep.
	 */
	@ParameterizedTest
	@MethodSource("adders")
	void noLaneIsLeftBehindByARunnerThatRunsDry(RunnerKind kind, int adders) throws Exception {
		int each = Repetitions.of(3_000);
		try (RunnerKind.Opened opened = kind.open()) {
			Crowd.run(adders, (number) -> {
				for (int i = 0; i < each; i++) {
					int round = i;
					AtomicBoolean done = new AtomicBoolean();
					opened.give(new TestLane(() -> {
						done.set(true);
						Patience.linger(round * 31);
					}));
					Patience.spinUntil(done::get);
					Patience.linger(round);
				}
			});
		}
	}

	static Stream<Arguments> adders() {
		return Stream.of(RunnerKind.values())
			.flatMap((kind) -> Stream.of(1, 2).map((adders) -> Arguments.of(kind, adders)));
	}

	@ParameterizedTest
	@EnumSource
	void aLaneThatThrowsHarmsNobody(RunnerKind kind) throws Exception {
		CountDownLatch behind = new CountDownLatch(1);
		CountDownLatch later = new CountDownLatch(1);
		try (RunnerKind.Opened opened = kind.open()) {
			opened.giveInOneRun(new TestLane(() -> {
				throw new IllegalStateException("on purpose");
			}), new TestLane(() -> {
				throw new StackOverflowError("on purpose");
			}), new NamelessLane(), new TestLane(behind::countDown));
			Patience.await(behind);
			opened.give(new NamelessLane());
			opened.give(new TestLane(later::countDown));
			Patience.await(later);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WORKER", "WORKER_ON_LOOP", "LANE_THREADS" })
	void anInterruptThatALaneLeavesBehindReachesNoOther(RunnerKind kind) throws Exception {
		CompletableFuture<Boolean> next = new CompletableFuture<>();
		CompletableFuture<Boolean> behindOneThatThrew = new CompletableFuture<>();
		try (RunnerKind.Opened opened = kind.open()) {
			opened.giveInOneRun(new TestLane(() -> Thread.currentThread().interrupt()),
					new TestLane(() -> next.complete(Thread.currentThread().isInterrupted())), new TestLane(() -> {
						Thread.currentThread().interrupt();
						throw new IllegalStateException("on purpose");
					}), new TestLane(() -> behindOneThatThrew.complete(Thread.currentThread().isInterrupted())));
			assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
			assertThat(behindOneThatThrew.get(30, TimeUnit.SECONDS)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WORKER", "WORKER_ON_LOOP", "LANE_THREADS" })
	void allEventLoopsAreWokenWhenNothingIsLeftToRun(RunnerKind kind) throws Exception {
		List<ManualLoop> loops = List.of(new ManualLoop(), new ManualLoop(), new ManualLoop());
		List<LoopOutbox> outboxes = loops.stream().map((loop) -> new LoopOutbox(loop.loop())).toList();
		try (RunnerKind.Opened opened = kind.open()) {
			for (int round = 0; round < 3; round++) {
				List<Reply> replies = Stream.generate(Reply::new).limit(6).toList();
				opened.giveInOneRun(IntStream.range(0, 6)
					.mapToObj((i) -> TestLane.answering(outboxes.get(i % 3), replies.get(i)))
					.toArray(LaneJob[]::new));
				Patience.until(() -> {
					loops.forEach(ManualLoop::runTasks);
					return replies.stream().allMatch(Reply::isWritten);
				});
			}
		}
	}

	/**
	 * An event loop takes nothing while its queue is full, if that is bounded.
	 */
	@ParameterizedTest
	@EnumSource(names = { "WORKER", "WORKER_ON_LOOP", "LANE_THREADS" })
	void anEventLoopThatTakesNothingEndsNoThreadAndKeepsNoOtherAsleep(RunnerKind kind) throws Exception {
		List<ManualLoop> loops = List.of(new ManualLoop(), new ManualLoop(), new ManualLoop());
		List<LoopOutbox> outboxes = loops.stream().map((loop) -> new LoopOutbox(loop.loop())).toList();
		loops.get(1).full(true);
		try (RunnerKind.Opened opened = kind.open()) {
			for (int round = 0; round < 10; round++) {
				List<Reply> replies = Stream.generate(Reply::new).limit(3).toList();
				opened.giveInOneRun(IntStream.range(0, 3)
					.mapToObj((i) -> TestLane.answering(outboxes.get(i), replies.get(i)))
					.toArray(LaneJob[]::new));
				Patience.until(() -> {
					loops.forEach(ManualLoop::runTasks);
					return replies.get(0).isWritten() && replies.get(2).isWritten();
				});
				assertThat(replies.get(1).isWritten()).isFalse();
			}
		}
	}

	/**
	 * Of each 64 lanes the first blocks, so that the test can look, and the second
	 * answers.
	 */
	@ParameterizedTest
	@EnumSource(names = { "WORKER", "LANE_THREADS" })
	void eventLoopsAreWokenAfter64LanesWhateverComesBehindThem(RunnerKind kind) throws Exception {
		ManualLoop loop = new ManualLoop();
		LoopOutbox outbox = new LoopOutbox(loop.loop());
		List<BlockedLane> blocked = Stream.generate(BlockedLane::new).limit(5).toList();
		List<Reply> replies = Stream.generate(Reply::new).limit(5).toList();
		try (RunnerKind.Opened opened = kind.open()) {
			opened.give(blocked.get(0));
			blocked.get(0).awaitBegin();
			for (int i = 1; i < blocked.size(); i++) {
				opened.give(TestLane.answering(outbox, replies.get(i)));
				for (int lane = 2; lane < RUN; lane++) {
					opened.give(new TestLane(() -> {
					}));
				}
				opened.give(blocked.get(i));
			}
			for (int i = 1; i < blocked.size(); i++) {
				blocked.get(i - 1).release();
				blocked.get(i).awaitBegin();
				loop.runTasks();
				assertThat(replies.get(i).isWritten()).as("answer %s", i).isTrue();
			}
		}
	}

	/**
	 * A lane that throws, and throws once more when it is asked whose it is.
	 */
	private static final class NamelessLane extends TestLane {

		NamelessLane() {
			super(() -> {
				throw new AssertionError("on purpose");
			});
		}

		@Override
		public String toString() {
			throw new IllegalStateException("on purpose, too");
		}

	}

}
