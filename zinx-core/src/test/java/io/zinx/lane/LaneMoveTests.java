package io.zinx.lane;

import io.zinx.connection.CloseReason;
import io.zinx.worker.QueueBound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lanes whose messages are for several runners: the order holds, because the lane moves.
 */
class LaneMoveTests {

	private final QueueBound bound = new QueueBound(1000);

	private final LaneFixture fixture = new LaneFixture(this.bound);

	@AfterEach
	void close() {
		this.fixture.close();
		assertThat(this.bound.waiting()).isZero();
	}

	@Test
	void theOrderHoldsWhereverMessagesAndTasksAreRun() {
		QueueLane lane = this.fixture.movingLane();
		this.fixture.receive("note 1", "threads 2", "threads 3", "note 4", "loop 5", "note 6", "loop 7");
		assertThat(lane.execute(() -> this.fixture.calls.add("task"))).isTrue();
		this.fixture.receive("threads 8");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3", "4", "5", "6", "7", "task", "8");
		assertThat(this.fixture.places).containsExactly("home", "threads", "threads", "home", "loop", "home", "loop",
				"threads");
		assertThat(lane.isBusy()).isFalse();
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void theLaneIsWithOneRunnerAtATimeWhichIsWokenForIt() {
		this.fixture.movingLane();
		this.fixture.receive("note 1", "threads 2", "note 3");
		this.fixture.runLoop();
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.threads.queued()).isZero();
		this.fixture.home.runNext();
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(this.fixture.threads.queued()).isEqualTo(1);
		assertThat(this.fixture.threads.wakes()).isEqualTo(1);
		this.fixture.threads.runNext();
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.threads.queued()).isZero();
		assertThat(this.fixture.home.wakes()).isEqualTo(2);
	}

	@Test
	void aMessageGoesToItsRunnerAtOnceIfTheLaneIsIdle() {
		this.fixture.movingLane();
		this.fixture.receive("threads 1");
		assertThat(this.fixture.home.queued()).isZero();
		assertThat(this.fixture.threads.wakes()).isZero();
		this.fixture.runLoop();
		assertThat(this.fixture.threads.wakes()).isEqualTo(1);
		this.fixture.threads.runNext();
		assertThat(this.fixture.calls).containsExactly("1");
		assertThat(this.fixture.home.wakes()).isZero();
	}

	@Test
	void aRunnerThatKeepsTheLaneForAnotherTurnIsNotWokenForIt() {
		this.fixture.movingLane();
		String[] many = new String[200];
		for (int i = 0; i < many.length; i++) {
			many[i] = "threads " + i;
		}
		this.fixture.receive(many);
		this.fixture.runLoop();
		int turns = 0;
		while (this.fixture.threads.runNext()) {
			turns++;
		}
		assertThat(turns).isEqualTo(4);
		assertThat(this.fixture.threads.wakes()).isEqualTo(1);
		assertThat(this.fixture.calls).hasSize(200);
	}

	@Test
	void hooksAndTasksAreRunAtHome() {
		QueueLane lane = this.fixture.listener(new HookNotes(this.fixture.places)).movingLane();
		lane.start();
		this.fixture.receive("threads 1");
		assertThat(lane.execute(() -> this.fixture.places.add("task " + this.fixture.home.isRunning()))).isTrue();
		this.fixture.settle();
		this.fixture.connection.onClose((connection, reason) -> {
			this.fixture.places.add("at home " + this.fixture.home.isRunning());
		});
		lane.end(CloseReason.PEER_CLOSED);
		this.fixture.settle();
		assertThat(this.fixture.places).containsExactly("start", "threads", "task true", "stop peer-closed",
				"at home true");
	}

	/**
	 * The lane has nothing else to do when it leaves the other runner.
	 */
	@Test
	void newsThatComeWhileTheLaneIsElsewhereAreToldAtHome() {
		this.fixture.listener(new HookNotes(this.fixture.places)).movingLane().start();
		this.fixture.settle();
		this.fixture.inside((text) -> {
			this.fixture.congest();
			this.fixture.peerReads();
		});
		this.fixture.receive("threads 1");
		this.fixture.threads.runNext();
		assertThat(this.fixture.home.queued()).isEqualTo(1);
		assertThat(this.fixture.places).containsExactly("start", "threads");
		this.fixture.settle();
		assertThat(this.fixture.places).containsExactly("start", "threads", "writable true");
	}

	@Test
	void newsComeBeforeTheMessagesThatWaitForAnotherRunner() {
		this.fixture.noteHooks().movingLane().start();
		this.fixture.settle();
		this.fixture.inside((text) -> {
			if (text.equals("1")) {
				this.fixture.congest();
				this.fixture.peerReads();
			}
		});
		this.fixture.receive("threads 1", "note 2", "threads 3");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "1", "writable true", "2", "3");
	}

	@Test
	void newsAreToldAtHomeWhileMessagesWaitForAnotherRunner() {
		this.fixture.listener(new HookNotes(this.fixture.places)).movingLane().start();
		this.fixture.settle();
		this.fixture.inside((text) -> this.fixture.congest());
		this.fixture.receive("threads 1", "threads 2");
		this.fixture.settle();
		assertThat(this.fixture.places).containsExactly("start", "threads", "writable false");
		assertThat(this.fixture.threads.queued()).isZero();
	}

	@Test
	void anAnswerThatComesLaterIsTakenByTheRunnerOfTheNextMessage() {
		QueueLane lane = this.fixture.movingLane();
		this.fixture.receive("later 1", "threads 2", "note 3");
		this.fixture.settle();
		assertThat(lane.isWaiting()).isTrue();
		this.fixture.answers.get(0).completeExceptionally(new IllegalStateException("on purpose"));
		this.fixture.runLoop();
		assertThat(this.fixture.threads.queued()).isEqualTo(1);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3");
		assertThat(this.fixture.places).containsExactly("home", "threads", "home");
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
	}

	@Test
	void aLaneCongestedOnAnotherRunnerGoesOnThere() {
		this.fixture.movingLane();
		this.fixture.inside((text) -> {
			if (text.equals("1")) {
				this.fixture.congest();
			}
		});
		this.fixture.receive("threads 1", "threads 2", "note 3");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1");
		assertThat(this.bound.waiting()).isZero();
		this.fixture.peerReads();
		assertThat(this.fixture.threads.queued()).isEqualTo(1);
		this.fixture.settle();
		assertThat(this.fixture.places).containsExactly("threads", "threads", "home");
	}

}
