package io.zinx.lane;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.CloseReason;
import io.zinx.worker.QueueBound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows of {@link LaneState}, one by one.
 */
class LaneStateTests {

	private final QueueBound bound = new QueueBound(100);

	private final LaneFixture fixture = new LaneFixture(this.bound);

	@AfterEach
	void close() {
		this.fixture.close();
		assertThat(this.bound.waiting()).isZero();
	}

	@Test
	void aCongestedLaneHandlesNothingMoreAndGivesItsRoomBack() {
		QueueLane lane = floodedLane();
		assertThat(this.fixture.calls).containsExactly("1");
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(lane.isBusy()).isTrue();
		this.fixture.runLoop();
		assertThat(this.bound.waiting()).isZero();
		assertThat(this.fixture.receive("note 4")).isZero();
		assertThat(this.fixture.resumed()).isZero();
		assertThat(this.fixture.home.queued()).isZero();
	}

	@Test
	void aCongestedLaneGoesOnWhereItStoodWhenThePeerHasRead() {
		QueueLane lane = floodedLane();
		this.fixture.runLoop();
		this.fixture.peerReads();
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.resumed()).isPositive();
		assertThat(this.fixture.receive("note 4")).isEqualTo(1);
		assertThat(this.bound.waiting()).isEqualTo(1);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3", "4");
		assertThat(lane.isBusy()).isFalse();
	}

	@Test
	void reliefThatComesBeforeTheEventLoopLooksIsNotMissed() {
		this.fixture.channel.readByPeer(false);
		this.fixture.queueLane();
		this.fixture.receive("flood 1", "note 2");
		this.fixture.home.take().run();
		assertThat(this.fixture.home.queued()).isZero();
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
	}

	@Test
	void aTaskGivenToACongestedLaneWaitsBehindItsMessages() {
		QueueLane lane = floodedLane();
		assertThat(lane.execute(() -> this.fixture.calls.add("task"))).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1");
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3", "task");
	}

	@Test
	void aNeighbourGetsTheRoomOfACongestedLane() {
		QueueBound shared = new QueueBound(3);
		try (LaneFixture congested = new LaneFixture(shared); LaneFixture neighbour = new LaneFixture(shared)) {
			congested.channel.readByPeer(false);
			congested.queueLane();
			neighbour.queueLane();
			congested.receive("flood 1", "note 2", "note 3");
			assertThat(neighbour.receive("note 1")).isZero();
			congested.home.runNext();
			congested.runLoop();
			neighbour.runLoop();
			assertThat(neighbour.resumed()).isEqualTo(1);
			assertThat(neighbour.receive(LaneFixture.notes(3))).isEqualTo(3);
			congested.peerReads();
			congested.settle();
			assertThat(shared.waiting()).isEqualTo(3);
		}
	}

	@Test
	void aCongestedLaneThatThisSideClosesDropsWhatWaitsAndEnds() {
		this.fixture.noteHooks();
		QueueLane lane = floodedLane();
		this.fixture.runLoop();
		this.fixture.connection.close(CloseReason.KICKED);
		this.fixture.closeSocket();
		this.fixture.settle();
		assertThat(this.fixture.calls).doesNotContain("2", "3").endsWith("stop kicked");
		assertThat(lane.isBusy()).isFalse();
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void aRouterThatFillsTheConnectionAndClosesItLeavesNothingWaiting() {
		this.fixture.channel.readByPeer(false);
		QueueLane lane = this.fixture.queueLane();
		this.fixture.inside((text) -> {
			this.fixture.connection.send(1, new byte[LaneFixture.MUCH]);
			this.fixture.connection.close(CloseReason.HANDLER);
		});
		this.fixture.receive(LaneFixture.notes(3));
		this.fixture.home.runAll();
		assertThat(this.fixture.calls).containsExactly("1");
		assertThat(this.bound.waiting()).isZero();
		assertThat(lane.isBusy()).isFalse();
	}

	@Test
	void tasksOfACongestedLaneThatThisSideHasClosedWaitForNobody() {
		QueueLane lane = startedLane();
		this.fixture.congest();
		this.fixture.connection.close(CloseReason.HANDLER);
		for (int i = 1; i <= 100; i++) {
			lane.execute(() -> this.fixture.calls.add("task"));
		}
		this.fixture.home.runAll();
		assertThat(this.fixture.calls).hasSize(100);
	}

	@Test
	void aLaneThatStoodStillBeforeTheEventLoopNoticedTellsItsListenersThen() {
		this.fixture.noteHooks();
		startedLane();
		this.fixture.channel.readByPeer(false);
		this.fixture.receive("flood 1", "note 2");
		this.fixture.home.take().run();
		this.fixture.runLoop();
		assertThat(this.fixture.calls).containsExactly("1");
		this.fixture.connection.flush();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "writable false");
	}

	@Test
	void aLaneThatWaitsForAnAnswerHoldsNeitherItsRunnerNorRoom() {
		QueueLane lane = waitingLane();
		assertThat(lane.isWaiting()).isTrue();
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(this.bound.waiting()).isZero();
		assertThat(this.fixture.receive("note 4")).isZero();
		assertThat(lane.execute(() -> this.fixture.calls.add("task"))).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
		this.fixture.answers.get(0).complete("");
		this.fixture.runLoop();
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.resumed()).isEqualTo(1);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3", "task");
		assertThat(lane.isBusy()).isFalse();
	}

	@Test
	void anAnswerThatIsThereBeforeTheEventLoopAsksForItIsNotMissed() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive("later 1", "note 2");
		this.fixture.home.runNext();
		this.fixture.answers.get(0).complete("");
		assertThat(lane.isWaiting()).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
	}

	@Test
	void aWaitingLaneThatIsCongestedWhenItsAnswerComesGoesOnWhenThePeerHasRead() {
		waitingLane();
		this.fixture.congest();
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3");
	}

	@Test
	void listenersOfAWaitingLaneHearOfCongestionWhileItsMessagesGoOnWaiting() {
		this.fixture.noteHooks();
		QueueLane lane = waitingLane();
		this.fixture.congest();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "writable false");
		assertThat(lane.isWaiting()).isTrue();
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "writable false", "writable true");
		assertThat(lane.isWaiting()).isTrue();
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).endsWith("3");
	}

	@Test
	void listenersOfACongestedLaneHearOfItWhileItsMessagesGoOnWaiting() {
		this.fixture.noteHooks();
		floodedLane();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "writable false");
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "writable false", "writable true", "2", "3");
	}

	/**
	 * The event loop notes it while a message is handled behind which the lane waits, for
	 * an answer or for the peer to read: nobody looks before it has let go.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "later 1", "note 1" })
	void newsThatComeWhileTheLaneIsAboutToWaitAreTold(String first) {
		this.fixture.noteHooks();
		startedLane();
		this.fixture.inside((text) -> this.fixture.congest());
		this.fixture.receive(first, "note 2");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "writable false");
	}

	@Test
	void aLaneThatWaitsForOneAnswerAfterTheOtherKeepsTheOrder() {
		this.fixture.queueLane();
		this.fixture.receive("later 1", "later 2", "note 3");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1");
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
		this.fixture.channel.advanceTimeBy(1, TimeUnit.HOURS);
		this.fixture.settle();
		assertThat(this.fixture.calls).hasSize(2);
		this.fixture.answers.get(1).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).isEqualTo(List.of("1", "2", "3"));
	}

	private QueueLane startedLane() {
		QueueLane lane = this.fixture.queueLane();
		lane.start();
		this.fixture.settle();
		this.fixture.calls.clear();
		return lane;
	}

	/**
	 * A lane that has handled one message of three and is congested since.
	 */
	private QueueLane floodedLane() {
		QueueLane lane = startedLane();
		this.fixture.channel.readByPeer(false);
		assertThat(this.fixture.receive("flood 1", "note 2", "note 3")).isEqualTo(3);
		this.fixture.home.runNext();
		return lane;
	}

	/**
	 * A lane that has handled two messages of three and waits for the answer to the
	 * second.
	 */
	private QueueLane waitingLane() {
		QueueLane lane = startedLane();
		assertThat(this.fixture.receive("note 1", "later 2", "note 3")).isEqualTo(3);
		this.fixture.home.runNext();
		this.fixture.runLoop();
		return lane;
	}

}
