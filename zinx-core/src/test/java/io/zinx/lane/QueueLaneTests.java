package io.zinx.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.LoopOutbox;
import io.zinx.worker.LaneJob;
import io.zinx.worker.QueueBound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

class QueueLaneTests {

	private static final int TURN = 64;

	private static final int RACES = 50_000;

	private final QueueBound bound = new QueueBound(200);

	private final LaneFixture fixture = new LaneFixture(this.bound);

	@AfterEach
	void close() {
		this.fixture.close();
		assertThat(this.bound.waiting()).isZero();
	}

	@Test
	void messagesAndTasksAreRunInTheOrderInWhichTheyCame() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive("note 1", "note 2");
		execute(lane, "task");
		this.fixture.receive("note 3");
		assertThat(this.fixture.calls).isEmpty();
		assertThat(lane.isBusy()).isTrue();
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactly("1", "2", "task", "3");
		assertThat(lane.isBusy()).isFalse();
		assertThat(this.fixture.home.queued()).isZero();
	}

	@Test
	void howeverMuchIsReadTheLaneIsQueuedAndItsRunnerWokenOnce() {
		this.fixture.queueLane();
		this.fixture.receive("note 1");
		this.fixture.receive("note 2");
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.home.wakes()).isZero();
		this.fixture.runLoop();
		assertThat(this.fixture.home.wakes()).isEqualTo(1);
	}

	@Test
	void whoGivesATaskToAnIdleLaneWakesItsRunner() {
		QueueLane lane = this.fixture.queueLane();
		execute(lane, "first");
		assertThat(this.fixture.home.wakes()).isEqualTo(1);
		execute(lane, "second");
		assertThat(this.fixture.home.wakes()).isEqualTo(1);
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		this.fixture.home.runNext();
		execute(lane, "third");
		assertThat(this.fixture.home.wakes()).isEqualTo(2);
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactly("first", "second", "third");
	}

	@ParameterizedTest
	@CsvSource({ "65, 0", "100, 0", "0, 65", "40, 40", "1, 64", "64, 1" })
	void aTurnEndsAfter64MessagesAndTasksAndTheNeighbourComesFirst(int messages, int tasks) {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive(LaneFixture.notes(messages));
		for (int i = 1; i <= tasks; i++) {
			execute(lane, "" + (messages + i));
		}
		Neighbour neighbour = new Neighbour(this.fixture.connection.outbox());
		this.fixture.home.add(neighbour);
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactlyElementsOf(LaneFixture.numbers(1, TURN));
		assertThat(this.fixture.home.next()).isSameAs(neighbour);
		this.fixture.home.runNext();
		assertThat(this.fixture.home.next()).isSameAs(lane);
		this.fixture.home.runAll();
		assertThat(this.fixture.calls).containsExactlyElementsOf(LaneFixture.numbers(1, messages + tasks));
		assertThat(lane.isBusy()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "64, 0", "0, 64", "30, 34" })
	void whatFitsInATurnIsDoneInOne(int messages, int tasks) {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive(LaneFixture.notes(messages));
		for (int i = 1; i <= tasks; i++) {
			execute(lane, "" + (messages + i));
		}
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).hasSize(TURN);
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(lane.isBusy()).isFalse();
	}

	@Test
	void aBatchHoldsMemoryUntilItsLastMessageIsHandled() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive("note 1", "later 2", "note 3");
		int first = this.fixture.holds();
		assertThat(first).isBetween(100, 300);
		this.fixture.receive("note 4");
		int both = this.fixture.holds();
		assertThat(both).isBetween(first + 100, first + 300);
		this.fixture.home.runNext();
		assertThat(this.fixture.holds()).as("waits for an answer").isEqualTo(both);
		assertThat(lane.givenBack()).isZero();
		this.fixture.answers.get(0).complete("now");
		this.fixture.settle();
		assertThat(this.fixture.holds()).isZero();
		assertThat(lane.givenBack()).isEqualTo(both);
	}

	@Test
	void aReaderThatWaitsIsToldWheneverARunnerLetsGoOfTheLane() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive(LaneFixture.notes(TURN + 1));
		lane.tellWhenLess(true);
		this.fixture.home.runNext();
		this.fixture.runLoop();
		assertThat(this.fixture.looks()).isOne();
		this.fixture.home.runNext();
		this.fixture.runLoop();
		assertThat(this.fixture.looks()).isEqualTo(2);
		lane.tellWhenLess(false);
		this.fixture.receive("note 1");
		this.fixture.settle();
		assertThat(this.fixture.looks()).isEqualTo(2);
	}

	@Test
	void framesBeyondTheBoundAreNotTakenAndReadingGoesOnWhenHalfOfItIsFree() {
		QueueBound small = new QueueBound(8);
		try (LaneFixture narrow = new LaneFixture(small)) {
			narrow.queueLane();
			assertThat(narrow.receive(LaneFixture.notes(5))).isEqualTo(5);
			assertThat(narrow.receive(LaneFixture.notes(5))).isEqualTo(3);
			assertThat(narrow.receive("note 9")).isZero();
			assertThat(narrow.receive("note 9")).isZero();
			List<Integer> resumed = new ArrayList<>();
			narrow.inside((text) -> {
				narrow.runLoop();
				resumed.add(narrow.resumed());
			});
			narrow.home.runNext();
			assertThat(resumed).containsExactly(0, 0, 0, 1, 1, 1, 1, 1);
			assertThat(small.waiting()).isZero();
			assertThat(narrow.receive("note 9")).isEqualTo(1);
		}
	}

	@Test
	void aLaneWithoutRoomGoesOnWhenItsNeighbourGivesSomeBack() {
		QueueBound shared = new QueueBound(4);
		try (LaneFixture one = new LaneFixture(shared); LaneFixture other = new LaneFixture(shared)) {
			one.queueLane();
			other.queueLane();
			one.receive(LaneFixture.notes(4));
			assertThat(other.receive("note 1")).isZero();
			one.home.runNext();
			other.runLoop();
			assertThat(other.resumed()).isEqualTo(1);
			assertThat(one.resumed()).isZero();
			assertThat(other.receive("note 1")).isEqualTo(1);
		}
	}

	@Test
	void aLaneThatHasHeardOfRoomHearsAgainAfterItFoundNone() {
		QueueBound small = new QueueBound(2);
		try (LaneFixture narrow = new LaneFixture(small)) {
			narrow.queueLane();
			for (int round = 1; round <= 3; round++) {
				assertThat(narrow.receive(LaneFixture.notes(3))).isEqualTo(2);
				assertThat(narrow.receive("note 3")).isZero();
				narrow.settle();
				assertThat(narrow.resumed()).isEqualTo(round);
			}
		}
	}

	@Test
	void aRouterOrTaskThatThrowsCostsNobodyElseAnything() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive("note 1", "fail 2", "unknown 3", "note 4");
		lane.execute(() -> {
			throw new IllegalStateException("on purpose");
		});
		execute(lane, "task");
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactly("1", "2", "4", "task");
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(2);
		assertThat(this.fixture.metrics.dropped(DropReason.NO_ROUTER)).isEqualTo(1);
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void aDefectThatCostsOneMessageDoesNotCostTheOthers() {
		QueueBound small = new QueueBound(4);
		try (LaneFixture broken = new LaneFixture(small)) {
			broken.queueLane();
			broken.receive(LaneFixture.notes(4));
			small.await(() -> {
				throw new IllegalStateException("on purpose");
			});
			broken.settle();
			assertThat(broken.calls).containsExactly("1", "3", "4");
			assertThat(small.waiting()).isZero();
			assertThat(broken.holdsBuffers()).isFalse();
		}
	}

	@Test
	void whatWaitsWhenThisSideClosesIsDroppedAndGivesItsRoomBack() {
		this.fixture.noteHooks().queueLane().start();
		this.fixture.settle();
		this.fixture.receive(LaneFixture.notes(3));
		this.fixture.connection.close(CloseReason.KICKED);
		assertThat(this.bound.waiting()).isEqualTo(3);
		assertThat(this.fixture.receive("note 4")).isZero();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "stop kicked");
		assertThat(this.bound.waiting()).isZero();
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_HANDLED)).isEqualTo(3);
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void aRouterThatClosesIsTheLastOne() {
		this.fixture.queueLane();
		this.fixture.inside((text) -> this.fixture.connection.close());
		this.fixture.receive(LaneFixture.notes(3));
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactly("1");
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_HANDLED)).isEqualTo(2);
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void whatThePeerHadSentIsHandledBeforeItsEnd() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.start();
		this.fixture.receive(LaneFixture.notes(100));
		lane.end(CloseReason.PEER_CLOSED);
		this.fixture.runLoop();
		assertThat(this.fixture.connection.isOpen()).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.PEER_CLOSED);
		assertThat(this.fixture.calls).hasSize(102).startsWith("start", "1").endsWith("100", "stop peer-closed");
	}

	@Test
	void withNothingToDoTheEndIsAtOnce() {
		this.fixture.queueLane().end(CloseReason.PEER_CLOSED);
		assertThat(this.fixture.channel.isOpen()).isFalse();
		assertThat(this.fixture.home.queued()).isZero();
	}

	@Test
	void tasksThatWaitAtTheEndOfTheSocketAreRunBeforeOnStopHoweverMany() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.start();
		this.fixture.settle();
		for (int i = 1; i <= 70; i++) {
			execute(lane, "" + i);
		}
		this.fixture.closeSocket();
		for (int i = 71; i <= 150; i++) {
			execute(lane, "" + i);
		}
		this.fixture.settle();
		assertThat(this.fixture.calls).hasSize(152).startsWith("start", "1").endsWith("150", "stop peer-closed");
		assertThat(lane.execute(() -> this.fixture.calls.add("too late"))).isFalse();
	}

	/**
	 * Each task is given in the moment in which the one before is done, so that it meets
	 * the lane as it becomes idle. As many as are done in a few seconds.
	 */
	@Test
	void aTaskGivenAsTheLaneBecomesIdleIsNotLeftBehind() throws InterruptedException {
		QueueLane lane = this.fixture.queueLane();
		AtomicInteger done = new AtomicInteger();
		AtomicBoolean over = new AtomicBoolean();
		Thread runner = new Thread(() -> {
			while (!over.get()) {
				if (this.fixture.home.queued() > 0) {
					this.fixture.home.take().run();
				}
			}
		});
		runner.start();
		long start = System.nanoTime();
		for (int given = 1; given <= RACES && System.nanoTime() - start < SECONDS.toNanos(3); given++) {
			lane.execute(done::incrementAndGet);
			long since = System.nanoTime();
			while (done.get() < given && System.nanoTime() - since < SECONDS.toNanos(30)) {
				Thread.onSpinWait();
			}
			if (done.get() < given) {
				break;
			}
		}
		over.set(true);
		runner.join();
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(lane.isBusy()).as("a task was left behind").isFalse();
	}

	private void execute(QueueLane lane, String name) {
		assertThat(lane.execute(() -> this.fixture.calls.add(name))).isTrue();
	}

	/**
	 * Another lane of the runner.
	 */
	private record Neighbour(LoopOutbox outbox) implements LaneJob {

		@Override
		public void run() {
		}

		@Override
		public void flush() {
		}

	}

}
