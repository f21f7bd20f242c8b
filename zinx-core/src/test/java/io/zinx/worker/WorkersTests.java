package io.zinx.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What workers promise together; what each promises alone, see {@link LaneRunnerTests}.
 */
class WorkersTests {

	private final List<Workers> opened = new ArrayList<>();

	@AfterEach
	void stop() {
		this.opened.forEach(Workers::stop);
	}

	@Test
	void connectionsGoRoundTheWorkersAndEachKeepsItsOwn() {
		Workers workers = create(4);
		for (long connId = 1; connId <= 100; connId++) {
			assertThat(workers.of(connId)).isSameAs(workers.of(connId));
		}
		assertThat(LongStream.rangeClosed(1, 4).mapToObj(workers::of))
			.containsExactlyInAnyOrderElementsOf(workers.all());
		assertThat(workers.of(Long.MAX_VALUE)).isIn(workers.all());
	}

	@Test
	void aServerWithoutWorkersHasNoneForAnyConnection() {
		Workers workers = create(0);
		assertThat(workers.of(1)).isNull();
		assertThat(workers.all()).isEmpty();
		workers.stop();
		assertThat(workers.left()).isEmpty();
	}

	@Test
	void whatFillsOneWorkerTakesNoRoomFromAnother() {
		Workers workers = create(2);
		QueueBound first = workers.all().get(0).bound();
		assertThat(first.reserve(100)).isEqualTo(16);
		assertThat(workers.all().get(1).bound().reserve(100)).isEqualTo(16);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8 })
	void nobodyWaitsBehindNeighboursThatAreHeldUp(int size) throws Exception {
		LaneGiver.assertNobodyWaitsBehindNeighbours(create(size).all(), 30 * size);
	}

	/**
	 * As an event loop does it: first it gives lanes to all of them, then it wakes each.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8 })
	void allWorkersThatBecomeReadyTogetherAreAtWorkTogether(int size) throws Exception {
		Workers workers = create(size);
		for (int round = 0; round < 200; round++) {
			List<BlockedLane> lanes = Stream.generate(BlockedLane::new).limit(size).toList();
			for (int i = 0; i < size; i++) {
				workers.all().get(i).add(lanes.get(i));
			}
			workers.all().forEach(Worker::wake);
			for (BlockedLane lane : lanes) {
				lane.awaitBegin();
			}
			lanes.forEach(BlockedLane::release);
		}
	}

	@Test
	void whatWaitsBehindAHeldUpLaneOfItsOwnWorkerWaitsWhateverElseIsFree() throws Exception {
		Workers workers = create(3);
		AtomicInteger behind = new AtomicInteger();
		CountDownLatch last = new CountDownLatch(1);
		BlockedLane blocked = new BlockedLane();
		LaneGiver.give(workers.all().get(0), blocked);
		blocked.awaitBegin();
		LaneGiver.give(workers.all().get(0), new TestLane(behind::incrementAndGet));
		LaneGiver.give(workers.all().get(0), new TestLane(last::countDown));
		for (int i = 0; i < 100; i++) {
			CountDownLatch done = new CountDownLatch(1);
			LaneGiver.give(workers.all().get(1 + i % 2), new TestLane(done::countDown));
			Patience.await(done);
		}
		assertThat(behind).hasValue(0);
		blocked.release();
		Patience.await(last);
		assertThat(behind).hasValue(1);
	}

	@Test
	void neverMoreLanesAreAtWorkThanThereAreWorkersAndNeverTwoOfOneWorker() throws Exception {
		int each = 20_000;
		int size = 3;
		Workers workers = create(size);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Tally[] tallies = IntStream.range(0, size).mapToObj((i) -> new Tally()).toArray(Tally[]::new);
		CountDownLatch left = new CountDownLatch(4 * each);
		Crowd.run(4, (adder) -> {
			for (int i = 0; i < each; i++) {
				int number = (i + adder) % size;
				LaneGiver.give(workers.all().get(number), new TestLane(() -> {
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					tallies[number].add();
					inside.decrementAndGet();
					left.countDown();
				}));
			}
		});
		Patience.await(left);
		assertThat(most.get()).isBetween(1, size);
		assertThat(Stream.of(tallies).mapToInt(Tally::count).sum()).isEqualTo(4 * each);
	}

	/**
	 * Whoever has a token hands it to the next worker, and has nothing left to do.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void whatWorkersBringEachOtherIsNotLeftBehind(int tokens) throws Exception {
		Workers workers = create(3);
		CountDownLatch home = new CountDownLatch(tokens);
		for (int token = 0; token < tokens; token++) {
			pass(workers, 20_000 + token, home);
		}
		Patience.await(home);
	}

	private static void pass(Workers workers, int hops, CountDownLatch home) {
		LaneGiver.give(workers.all().get(hops % 3), new TestLane(() -> {
			if (hops == 0) {
				home.countDown();
				return;
			}
			pass(workers, hops - 1, home);
		}));
	}

	@Test
	void aHandlerIsAtWorkForTheWorkerThatRunsItAndForNoOther() throws Exception {
		Workers workers = create(2);
		Worker worker = workers.all().get(1);
		BlockedLane lane = new BlockedLane();
		LaneGiver.give(worker, lane);
		RunningHandler handler = new RunningHandler(1, 1, lane.thread().getName(), Duration.ZERO);
		assertThat(worker.runs(handler)).isTrue();
		assertThat(worker.runs(new RunningHandler(1, 1, "another thread", Duration.ZERO))).isFalse();
		assertThat(workers.all().get(0).runs(handler)).isFalse();
		lane.release();
		Patience.until(() -> !worker.runs(handler));
	}

	@Test
	void anInterruptThatComesTooLateReachesNoLaterLane() throws Exception {
		Workers workers = create(1);
		Worker worker = workers.all().get(0);
		BlockedLane lane = new BlockedLane();
		LaneGiver.give(worker, lane);
		Thread thread = lane.thread();
		lane.release();
		Patience.until(() -> thread.getState() == Thread.State.TIMED_WAITING && lane.hasEnded());
		thread.interrupt();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		LaneGiver.give(worker, new TestLane(() -> interrupted.complete(Thread.currentThread().isInterrupted())));
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void aStopInterruptsWhatRunsAndEndsAllThreads() throws Exception {
		Workers workers = create(3);
		List<BlockedLane> lanes = List.of(new BlockedLane(), new BlockedLane());
		for (int i = 0; i < 2; i++) {
			LaneGiver.give(workers.all().get(i), lanes.get(i));
			lanes.get(i).awaitBegin();
		}
		assertThat(workers.left()).containsExactlyInAnyOrder(lanes.get(0).thread().getName(),
				lanes.get(1).thread().getName());
		workers.stop();
		Patience.until(() -> workers.left().isEmpty());
		assertThat(lanes).allMatch(BlockedLane::wasInterrupted);
	}

	@Test
	void theThreadsThatAStopDoesNotEndAreNamed() throws Exception {
		Workers workers = create(3);
		BlockedLane stubborn = BlockedLane.stubborn();
		LaneGiver.give(workers.all().get(1), stubborn);
		stubborn.awaitBegin();
		workers.stop();
		Patience.until(() -> workers.left().size() == 1 && stubborn.wasInterrupted());
		assertThat(workers.left()).containsExactly(stubborn.thread().getName());
		stubborn.release();
		Patience.until(() -> workers.left().isEmpty());
	}

	@Test
	void nothingIsBegunBehindAStop() throws Exception {
		Workers workers = create(2);
		AtomicInteger behind = new AtomicInteger();
		List<BlockedLane> stubborn = List.of(BlockedLane.stubborn(), BlockedLane.stubborn());
		for (int i = 0; i < 2; i++) {
			LaneGiver.give(workers.all().get(i), stubborn.get(i));
			stubborn.get(i).awaitBegin();
			LaneGiver.give(workers.all().get(i), new TestLane(behind::incrementAndGet));
			LaneGiver.give(workers.all().get(i), new TestLane(behind::incrementAndGet));
		}
		workers.stop();
		workers.all().forEach((worker) -> LaneGiver.give(worker, new TestLane(behind::incrementAndGet)));
		stubborn.forEach(BlockedLane::release);
		Patience.until(() -> workers.left().isEmpty());
		workers.all().forEach((worker) -> LaneGiver.give(worker, new TestLane(behind::incrementAndGet)));
		assertThat(behind).hasValue(0);
	}

	@Test
	void handlersFindOnTheThreadsOfWorkersThatTheyAreNamedAfterTheServerAndKeepNoJvmAlive() throws Exception {
		Workers workers = create(2);
		BlockedLane lane = new BlockedLane();
		LaneGiver.give(workers.all().get(0), lane);
		assertThat(lane.thread().isDaemon()).isTrue();
		assertThat(lane.thread().getName()).startsWith("test-");
		lane.release();
	}

	private Workers create(int size) {
		Workers workers = new Workers(TestThreads.named("test"), size, 16, new LoopLocal<>(LoopOutbox::new));
		this.opened.add(workers);
		return workers;
	}

}
