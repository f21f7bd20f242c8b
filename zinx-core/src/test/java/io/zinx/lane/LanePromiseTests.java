package io.zinx.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that every lane keeps, whoever runs it.
 */
class LanePromiseTests {

	private final LaneFixture fixture = new LaneFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void readingBeginsBehindOnStartAndOnStopComesOnceBehindTheLastMessage(Kind kind) {
		List<Integer> begun = new ArrayList<>();
		this.fixture.noteHooks().listener(new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				begun.add(LanePromiseTests.this.fixture.begun());
			}
		});
		start(kind);
		assertThat(begun).containsExactly(0);
		assertThat(this.fixture.begun()).isEqualTo(1);
		this.fixture.receive("note 1", "note 2");
		this.fixture.closeSocket();
		this.fixture.settle();
		this.fixture.lane().abandon();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "1", "2", "stop peer-closed");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aConnectionThatEndsBeforeItsStartSeesNeitherHook(Kind kind) {
		this.fixture.noteHooks();
		kind.newLane(this.fixture);
		List<CloseReason> closed = new ArrayList<>();
		this.fixture.connection.onClose((connection, reason) -> closed.add(reason));
		this.fixture.closeSocket();
		this.fixture.settle();
		assertThat(this.fixture.calls).isEmpty();
		assertThat(closed).containsExactly(CloseReason.PEER_CLOSED);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anOnStartThatThrowsClosesTheConnectionWhichStillSeesOnStop(Kind kind) {
		this.fixture.listener(new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				throw new IllegalStateException("on purpose");
			}
		}).noteHooks();
		start(kind);
		assertThat(this.fixture.calls).containsExactly("start", "stop internal-error");
		assertThat(this.fixture.receive("note 1")).isZero();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void withoutListenersCallbacksAreTheLastThatIsRun(Kind kind) {
		start(kind);
		this.fixture.connection.onClose((connection, reason) -> this.fixture.calls.add("closed " + reason));
		this.fixture.receive("note 1");
		this.fixture.lane().end(CloseReason.RESET);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "closed reset");
		assertThat(this.fixture.lane().execute(() -> this.fixture.calls.add("too late"))).isFalse();
		this.fixture.settle();
		assertThat(this.fixture.calls).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void withoutListenersAndCallbacksNoTaskIsTakenBehindTheEnd(Kind kind) {
		start(kind);
		this.fixture.closeSocket();
		assertThat(this.fixture.lane().execute(() -> this.fixture.calls.add("too late"))).isFalse();
		this.fixture.settle();
		assertThat(this.fixture.calls).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void soManyTasksAreTakenAndWhatOneThrowsConcernsNoOther(Kind kind) {
		this.fixture.maxTasks(3);
		start(kind);
		Lane lane = this.fixture.lane();
		assertThat(lane.execute(() -> this.fixture.calls.add("first"))).isTrue();
		assertThat(lane.execute(() -> {
			throw new IllegalStateException("on purpose");
		})).isTrue();
		assertThat(lane.execute(() -> this.fixture.calls.add("third"))).isTrue();
		assertThat(lane.execute(() -> this.fixture.calls.add("one too many"))).isFalse();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("first", "third");
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
		assertThat(lane.execute(() -> this.fixture.calls.add("fourth"))).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.calls).endsWith("fourth");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aTaskGivenOnTheLaneIsRunBehindWhatGaveItAndInOnStopNoneIsTaken(Kind kind) {
		List<Boolean> taken = new ArrayList<>();
		this.fixture.listener(new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				taken.add(connection.execute(() -> LanePromiseTests.this.fixture.calls.add("too late")));
			}
		});
		start(kind);
		this.fixture.inside((text) -> {
			this.fixture.connection.execute(() -> {
				this.fixture.connection.execute(() -> this.fixture.calls.add("inner"));
				this.fixture.calls.add("outer");
			});
			this.fixture.calls.add("router");
		});
		this.fixture.receive("note 1");
		this.fixture.settle();
		this.fixture.closeSocket();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "router", "outer", "inner");
		assertThat(taken).containsExactly(false);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anAnswerThatComesLaterHoldsTheLane(Kind kind) {
		start(kind);
		this.fixture.receive("note 1", "later 2", "note 3");
		this.fixture.settle();
		assertThat(this.fixture.receive("note 4")).isZero();
		assertThat(this.fixture.lane().execute(() -> this.fixture.calls.add("task"))).isTrue();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2");
		assertThat(this.fixture.lane().unfinished()).isNotNull();
		assertThat(this.fixture.resumed()).isZero();
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).contains("task");
		assertThat(this.fixture.resumed()).isEqualTo(1);
		assertThat(this.fixture.lane().unfinished()).isNull();
		assertThat(this.fixture.receive("note 4")).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anAnswerThatIsThereAlreadyHoldsNothing(Kind kind) {
		this.fixture.routes.addAsync(4, (request) -> CompletableFuture.completedFuture(""));
		this.fixture.routes.addAsync(5, (request) -> CompletableFuture.failedFuture(new IllegalStateException("")));
		start(kind);
		assertThat(this.fixture.receive("threads 1", "loop 2", "note 3")).isEqualTo(3);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("3");
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anAnswerExpiresInTimeAndIsIgnoredIfItComesTooLate(Kind kind) {
		this.fixture.asyncTimeout(Duration.ofSeconds(10));
		start(kind);
		this.fixture.receive("later 1");
		this.fixture.settle();
		pass(9_999);
		assertThat(this.fixture.receive("later 2")).isZero();
		pass(1);
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
		assertThat(this.fixture.receive("later 2")).isEqualTo(1);
		this.fixture.settle();
		this.fixture.answers.get(0).complete("too late");
		this.fixture.settle();
		assertThat(this.fixture.receive("note 3")).as("ended by the answer before").isZero();
		pass(9_000);
		this.fixture.answers.get(1).complete("in time");
		this.fixture.settle();
		pass(9_000);
		assertThat(this.fixture.receive("note 3")).isEqualTo(1);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3");
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void theEndWaitsForTheAnswerAndOnStopForTheEnd(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		this.fixture.receive("later 1");
		this.fixture.settle();
		this.fixture.lane().end(CloseReason.PEER_CLOSED);
		this.fixture.settle();
		assertThat(this.fixture.connection.isOpen()).isTrue();
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.PEER_CLOSED);
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop peer-closed");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aSocketThatClosesMeanwhileSeesOnStopBehindTheAnswerAndTheTasks(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		this.fixture.receive("later 1");
		this.fixture.settle();
		this.fixture.lane().execute(() -> this.fixture.calls.add("task"));
		this.fixture.closeSocket();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "1");
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "1", "task", "stop peer-closed");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void listenersHearOfCongestionAndOfItsEnd(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		this.fixture.congest();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false");
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false", "writable true");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aCongestionThatComesBackBeforeTheLaneLooksIsNotToldAgain(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		this.fixture.congest();
		this.fixture.settle();
		this.fixture.peerReads();
		this.fixture.congest();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false");
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false", "writable true");
	}

	/**
	 * Whoever has sent may have seen that it takes no more.
	 */
	@ParameterizedTest
	@EnumSource(Kind.class)
	void everyReliefIsToldAlsoIfNobodyWasToldOfTheCongestion(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		for (int round = 1; round <= 3; round++) {
			this.fixture.inside((text) -> {
				this.fixture.congest();
				this.fixture.peerReads();
			});
			this.fixture.receive("note 1");
			this.fixture.settle();
			assertThat(this.fixture.calls).endsWith("1", "writable true").hasSize(1 + 2 * round);
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whatHappensBeforeOnStartIsToldBehindItIfItStillHolds(Kind kind) {
		this.fixture.noteHooks();
		kind.newLane(this.fixture);
		this.fixture.congest();
		this.fixture.settle();
		assertThat(this.fixture.calls).isEmpty();
		this.fixture.lane().start();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whatIsOverBeforeOnStartIsNotTold(Kind kind) {
		this.fixture.noteHooks();
		kind.newLane(this.fixture);
		this.fixture.congest();
		this.fixture.peerReads();
		this.fixture.settle();
		this.fixture.lane().start();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void aConnectionThatHasEndedIsNotCalledWritable(Kind kind) {
		this.fixture.noteHooks();
		start(kind);
		this.fixture.congest();
		this.fixture.settle();
		this.fixture.closeSocket();
		this.fixture.settle();
		this.fixture.lane().relieved();
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "writable false", "stop reset");
	}

	private void start(Kind kind) {
		kind.newLane(this.fixture).start();
		this.fixture.settle();
	}

	private void pass(long millis) {
		this.fixture.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.fixture.settle();
	}

	/**
	 * Who runs the lane.
	 */
	enum Kind {

		/** A runner. */
		QUEUE {
			@Override
			Lane newLane(LaneFixture fixture) {
				return fixture.queueLane();
			}
		},

		/** The event loop, as frames are cut. */
		LOOP {
			@Override
			Lane newLane(LaneFixture fixture) {
				return fixture.loopLane();
			}
		};

		abstract Lane newLane(LaneFixture fixture);

	}

}
