package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.zinx.testing.TestThreads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LaneThreadsTests {

	private @Nullable LaneThreads threads;

	@AfterEach
	void stop() {
		if (this.threads != null) {
			this.threads.stop();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 1000 })
	void aThousandLanesThatNeverBlockNeedTwoThreads(int limit) {
		ManualThreads source = new ManualThreads(limit);
		LaneThreads threads = open(source);
		List<Integer> run = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			int number = i;
			LaneGiver.give(threads, new TestLane(() -> run.add(number)));
		}
		assertThat(source.started()).isEqualTo(1);
		source.runAll();
		assertThat(run).hasSize(1000).isSorted();
		assertThat(source.started()).isLessThanOrEqualTo(2);
	}

	@Test
	void aThreadThatAlwaysHasMoreToDoGivesWayNowAndThen() {
		ManualThreads source = new ManualThreads(1);
		LaneThreads threads = open(source);
		for (int i = 0; i < 1000; i++) {
			LaneGiver.give(threads, new TestLane(() -> {
			}));
		}
		source.runAll();
		assertThat(source.gaveWay()).isEqualTo(1000 / 64);
	}

	/**
	 * Lanes that come back for ever, more than there are processors; a thread that was
	 * woken needs one of these processors all the same.
	 */
	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void lanesThatNeverEndKeepNoVirtualThreadFromGoingOn() throws Exception {
		LaneThreads threads = open(new ThreadSource.VirtualThreads(TestThreads.named("test")));
		CountDownLatch done = new CountDownLatch(1);
		for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
			LaneGiver.give(threads, new EndlessLane(threads, done));
		}
		BlockedLane blocked = new BlockedLane();
		LaneGiver.give(threads, blocked);
		blocked.awaitBegin();
		blocked.release();
		Patience.until(blocked::hasEnded);
		done.countDown();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7 })
	void lanesThatBlockGetAThreadEachAndThoseBeyondTheLimitWaitForTheFirstThatIsFree(int limit) throws Exception {
		LaneThreads threads = open(new ThreadSource.PlatformThreads(TestThreads.named("test"), limit));
		List<BlockedLane> lanes = Stream.generate(BlockedLane::new).limit(limit + 3).toList();
		lanes.forEach(threads::add);
		threads.wake();
		for (int i = 0; i < lanes.size(); i++) {
			int begun = Math.min(lanes.size(), limit + i);
			Patience.until(() -> lanes.stream().filter(BlockedLane::hasBegun).count() >= begun);
			assertThat(lanes.stream().filter(BlockedLane::hasBegun).count()).isEqualTo(begun);
			assertThat(threads.active()).isLessThanOrEqualTo(limit);
			assertThat(lanes.subList(0, begun)).allMatch(BlockedLane::hasBegun);
			lanes.get(i).release();
		}
		Patience.until(() -> threads.active() == 0);
	}

	@Test
	void aLaneThatBlocksHoldsUpNobodyWhileThereIsAThread() throws Exception {
		LaneThreads threads = open(new ThreadSource.PlatformThreads(TestThreads.named("test"), 3));
		for (int round = 0; round < 300; round++) {
			List<BlockedLane> held = List.of(new BlockedLane(), new BlockedLane());
			CountDownLatch first = new CountDownLatch(2);
			held.forEach(threads::add);
			threads.add(new TestLane(first::countDown));
			threads.add(new TestLane(first::countDown));
			threads.wake();
			Patience.await(first);
			CountDownLatch later = new CountDownLatch(1);
			LaneGiver.give(threads, new TestLane(later::countDown));
			Patience.await(later);
			held.forEach(BlockedLane::release);
		}
	}

	@Test
	void neverMoreLanesAreAtWorkThanTheLimitAllows() throws Exception {
		int each = 20_000;
		LaneThreads threads = open(new ThreadSource.PlatformThreads(TestThreads.named("test"), 3));
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch left = new CountDownLatch(4 * each);
		Crowd.run(4, (adder) -> {
			for (int i = 0; i < each; i++) {
				LaneGiver.give(threads, new TestLane(() -> {
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					inside.decrementAndGet();
					left.countDown();
				}));
			}
		});
		Patience.await(left);
		assertThat(most.get()).isBetween(1, 3);
		Patience.until(() -> threads.active() == 0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aThreadThatCannotBeStartedLosesNeitherALaneNorItsPlace(int limit) {
		ManualThreads source = new ManualThreads(limit);
		LaneThreads threads = open(source);
		List<Integer> run = new ArrayList<>();
		source.fail(new OutOfMemoryError("unable to create native thread, on purpose"));
		for (int i = 0; i < 5; i++) {
			int number = i;
			LaneGiver.give(threads, new TestLane(() -> run.add(number)));
		}
		source.runAll();
		assertThat(run).isEmpty();
		source.fail(null);
		threads.wake();
		source.runAll();
		assertThat(run).containsExactly(0, 1, 2, 3, 4);
		assertThat(source.started()).isLessThanOrEqualTo(2);
	}

	@Test
	void ifNoSecondThreadCanBeStartedTheFirstRunsAllLanes() {
		ManualThreads source = new ManualThreads(10);
		LaneThreads threads = open(source);
		List<Integer> run = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int number = i;
			LaneGiver.give(threads, new TestLane(() -> run.add(number)));
		}
		source.fail(new OutOfMemoryError("unable to create native thread, on purpose"));
		source.runAll();
		assertThat(run).containsExactly(0, 1, 2, 3, 4);
		source.fail(null);
		LaneGiver.give(threads, new TestLane(() -> run.add(5)));
		source.runAll();
		assertThat(run).hasSize(6);
	}

	@Test
	void threadsAreActiveWhileTheyRunLanesAlsoThoseThatThrow() {
		ManualThreads source = new ManualThreads(1);
		LaneThreads threads = open(source);
		List<Integer> active = new ArrayList<>();
		LaneGiver.give(threads, new TestLane(() -> active.add(threads.active())));
		LaneGiver.give(threads, new TestLane(() -> {
			active.add(threads.active());
			throw new IllegalStateException("on purpose");
		}));
		assertThat(threads.active()).isZero();
		source.runAll();
		assertThat(active).containsExactly(1, 1);
		assertThat(threads.active()).isZero();
	}

	@Test
	void aStopInterruptsWhatRunsAndEndsTheThreads() throws Exception {
		LaneThreads threads = open(new ThreadSource.PlatformThreads(TestThreads.named("test"), 10));
		List<BlockedLane> lanes = List.of(new BlockedLane(), new BlockedLane(), new BlockedLane());
		for (BlockedLane lane : lanes) {
			LaneGiver.give(threads, lane);
			lane.awaitBegin();
		}
		assertThat(threads.active()).isEqualTo(3);
		threads.stop();
		Patience.until(() -> threads.active() == 0);
		assertThat(lanes).allMatch(BlockedLane::wasInterrupted);
	}

	@Test
	void aThreadThatAStopDoesNotEndStaysActiveAndBeginsNothingMore() throws Exception {
		LaneThreads threads = open(new ThreadSource.PlatformThreads(TestThreads.named("test"), 1));
		AtomicInteger behind = new AtomicInteger();
		BlockedLane stubborn = BlockedLane.stubborn();
		LaneGiver.give(threads, stubborn);
		stubborn.awaitBegin();
		LaneGiver.give(threads, new TestLane(behind::incrementAndGet));
		threads.stop();
		Patience.until(stubborn::wasInterrupted);
		assertThat(threads.active()).isEqualTo(1);
		stubborn.release();
		Patience.until(() -> threads.active() == 0);
		assertThat(behind).hasValue(0);
	}

	@Test
	void nothingIsBegunNorStartedBehindAStop() {
		ManualThreads source = new ManualThreads(2);
		LaneThreads threads = open(source);
		AtomicInteger run = new AtomicInteger();
		LaneGiver.give(threads, new TestLane(() -> {
			run.incrementAndGet();
			threads.stop();
		}));
		LaneGiver.give(threads, new TestLane(run::incrementAndGet));
		source.runAll();
		assertThat(run).hasValue(1);
		assertThat(source.isStopped()).isTrue();
		int started = source.started();
		LaneGiver.give(threads, new TestLane(run::incrementAndGet));
		source.runAll();
		assertThat(run).hasValue(1);
		assertThat(source.started()).isEqualTo(started);
	}

	private LaneThreads open(ThreadSource source) {
		LaneThreads made = new LaneThreads("test", 0, source);
		this.threads = made;
		return made;
	}

	/**
	 * A lane that is ready again as soon as it was run.
	 */
	private static final class EndlessLane extends TestLane {

		EndlessLane(LaneThreads threads, CountDownLatch end) {
			super(() -> {
				if (end.getCount() > 0) {
					LaneGiver.give(threads, new EndlessLane(threads, end));
				}
			});
		}

	}

}
