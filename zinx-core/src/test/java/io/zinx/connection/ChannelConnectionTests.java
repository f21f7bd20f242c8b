package io.zinx.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zinx.message.Message;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * A connection with an owner of its own and no server behind it.
 */
class ChannelConnectionTests {

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final HalfClosingChannel channel = this.fixture.channel;

	private final List<String> events = this.fixture.events;

	@AfterEach
	void closeChannel() {
		this.channel.dispose();
	}

	@Test
	void aWholeLife() {
		ChannelConnection connection = this.fixture.connection();
		connection.onClose((ended, reason) -> this.events.add("callback " + reason));
		assertThat(connection.isOpen()).isTrue();
		assertThat(connection.connId()).isEqualTo(7);
		sendOnLane(connection);
		connection.close();
		assertThat(connection.isOpen()).isFalse();
		assertThat(connection.send(1, "too late")).isEqualTo(SendResult.CLOSED);
		this.channel.runPendingTasks();
		this.channel.close();
		connection.socketClosed();
		connection.ended();
		assertThat(this.events).containsExactly("released", "stop reading", "wrote 10", "output ended", "linger",
				"closed", "relieved", "callback handler", "removed handler");
		assertThat(this.channel.takeWritten()).containsExactly(0, 0, 0, 1, 0, 0, 0, 2, 'a', 'b');
	}

	@Test
	@SuppressWarnings("NullAway")
	void withoutAReasonItDoesNotClose() {
		ChannelConnection connection = this.fixture.connection();
		assertThatNullPointerException().isThrownBy(() -> connection.close(null)).withMessage("reason");
		assertThatNullPointerException().isThrownBy(() -> connection.close(null, new Message(1, new byte[1])))
			.withMessage("reason");
		assertThat(connection.isOpen()).isTrue();
		assertThat(connection.bytesQueued()).as("the goodbye").isZero();
		assertThat(this.events).isEmpty();
		connection.close(CloseReason.IDLE);
		assertThat(connection.closeReason()).isEqualTo(CloseReason.IDLE);
	}

	@Test
	void itIsReleasedBeforeAnythingElseHappensToIt() {
		ChannelConnection connection = this.fixture.connection();
		connection.close(CloseReason.IDLE);
		assertThat(this.events).containsExactly("released");
		assertThat(connection.closeReason()).isEqualTo(CloseReason.IDLE);
	}

	@ParameterizedTest(name = "{0}, then {1}")
	@MethodSource("pairsOfEnds")
	void theFirstEndCountsAndComesOnce(End first, End second) {
		ChannelConnection connection = this.fixture.connection();
		first.how.accept(connection);
		this.channel.runPendingTasks();
		second.how.accept(connection);
		this.channel.runPendingTasks();
		this.channel.close();
		connection.socketClosed();
		connection.ended();
		assertThat(connection.closeReason()).isEqualTo(first.reason);
		assertThat(this.events).containsOnlyOnce("released", "closed", "removed " + first.reason);
		assertThat(this.events.indexOf("released")).isLessThan(this.events.indexOf("removed " + first.reason));
		assertThat(connection.send(1, "x")).isEqualTo(SendResult.CLOSED);
		assertThat(connection.bytesQueued()).isZero();
	}

	static Stream<Arguments> pairsOfEnds() {
		return End.ALL.stream().flatMap((first) -> End.ALL.stream().map((second) -> Arguments.of(first, second)));
	}

	@Test
	void ofReasonsThatComeAtOnceOneIsTheReason() throws Exception {
		List<CloseReason> reasons = List.of(CloseReason.HANDLER, CloseReason.SLOW_CONSUMER, CloseReason.IDLE,
				CloseReason.KICKED);
		ExecutorService threads = Executors.newFixedThreadPool(reasons.size());
		try {
			for (int round = 0; round < 500; round++) {
				endAtOnce(threads, reasons);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void endAtOnce(ExecutorService threads, List<CloseReason> reasons) throws Exception {
		ConnectionFixture fixture = new ConnectionFixture();
		ChannelConnection connection = fixture.connection();
		CyclicBarrier start = new CyclicBarrier(reasons.size());
		List<Future<Boolean>> wins = new ArrayList<>();
		for (CloseReason reason : reasons) {
			wins.add(threads.submit(() -> {
				start.await();
				connection.close(reason);
				return connection.closeReason() == reason;
			}));
		}
		int winners = 0;
		for (Future<Boolean> win : wins) {
			winners += win.get() ? 1 : 0;
		}
		assertThat(winners).isEqualTo(1);
		assertThat(fixture.events).containsExactly("released");
		fixture.channel.dispose();
	}

	@Test
	void oneWhoTakesItsKeyEndsIt() {
		ConnectionFactory factory = this.fixture.factory();
		ChannelConnection old = this.fixture.connection(factory, this.channel);
		HalfClosingChannel other = new HalfClosingChannel();
		ChannelConnection young = this.fixture.connection(factory, other);
		assertThat(old.bind("ann")).isEqualTo(BindResult.BOUND);
		assertThat(young.bind("ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.REJECTED);
		assertThat(young.bind("ann")).isEqualTo(BindResult.BOUND);
		this.channel.runPendingTasks();
		assertThat(old.closeReason()).isEqualTo(CloseReason.REPLACED);
		assertThat(old.keys()).as("still readable").containsExactly("ann");
		assertThat(this.events).containsExactly("released", "stop reading", "output ended", "linger");
		assertThat(young.isOpen()).isTrue();
		other.dispose();
	}

	@Test
	void aLastMessageForWhichThereIsNoRoomIsDroppedAndCounted() {
		ConnectionContext context = this.fixture.factory(ConnectionFixture.narrow(SlowConsumerPolicy.CLOSE))
			.context()
			.withLastMessage((connection, reason) -> new Message(9, new byte[1000]));
		ChannelConnection connection = this.fixture.connection(new ConnectionFactory(context, this.fixture.outboxes),
				this.channel);
		this.channel.stick();
		connection.send(1, new byte[4000]);
		connection.close(CloseReason.KICKED);
		this.channel.runPendingTasks();
		assertThat(connection.closeReason()).isEqualTo(CloseReason.KICKED);
		assertThat(connection.messagesOut()).isOne();
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isOne();
	}

	@Test
	void aLateRequestOfAConnectionThatTheServerHasClosedCountsAsClosedBeforeHandled() {
		ChannelConnection connection = this.fixture.connection();
		connection.lateRequest();
		assertThat(this.fixture.metrics.dropped(DropReason.LATE_REQUEST)).isOne();
		connection.close(CloseReason.KICKED);
		connection.lateRequest();
		assertThat(this.fixture.metrics.dropped(DropReason.LATE_REQUEST)).isOne();
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_HANDLED)).isOne();
	}

	@Test
	void aSlowConsumerIsCutOffAndWhatWaitsForItIsForgotten() {
		ChannelConnection connection = this.fixture.connection();
		this.channel.stick();
		connection.send(1, "in the socket's queue");
		this.channel.runPendingTasks();
		sendOnLane(connection);
		connection.close(CloseReason.SLOW_CONSUMER);
		this.channel.runPendingTasks();
		assertThat(this.events).containsExactly("released", "closed");
		assertThat(connection.bytesQueued()).isZero();
	}

	@Test
	void aPeerThatEndsAndHasAllItsAnswersCostsNothingMore() {
		ChannelConnection connection = this.fixture.connection();
		sendOnLane(connection);
		connection.end(CloseReason.PEER_CLOSED);
		assertThat(this.events).containsExactly("released", "wrote 10", "closed");
	}

	@Test
	void aPeerThatEndsGetsTheAnswersItHasNotYetRead() {
		ChannelConnection connection = this.fixture.connection();
		this.channel.stick();
		sendOnLane(connection);
		this.channel.endInput();
		connection.end(CloseReason.PEER_CLOSED);
		this.channel.runPendingTasks();
		assertThat(this.events).containsExactly("released", "stop reading");
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.unstick();
		assertThat(this.events).containsExactly("released", "stop reading", "wrote 10", "closed");
	}

	@Test
	void aPeerThatEndsAndReadsNothingIsCutOffWhenItsTimeIsOver() {
		ChannelConnection connection = this.fixture.connection(ConnectionFixture.flushing(Duration.ofSeconds(3)));
		this.channel.stick();
		sendOnLane(connection);
		connection.end(CloseReason.PEER_CLOSED);
		this.channel.runPendingTasks();
		this.channel.pass(2999);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.pass(1);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void anEndOfItsOwnIsCarriedOutAsAnyOther() {
		ChannelConnection connection = this.fixture.connection();
		sendOnLane(connection);
		connection.end(CloseReason.MAX_AGE);
		this.channel.runPendingTasks();
		assertThat(this.events).containsExactly("released", "stop reading", "wrote 10", "output ended", "linger");
	}

	@Test
	void aBrokenSocketIsClosedAtOnceWhateverWaits() {
		ChannelConnection connection = this.fixture.connection();
		this.channel.stick();
		connection.send(1, "in the socket's queue");
		this.channel.runPendingTasks();
		sendOnLane(connection);
		connection.broken(new IOException("broken pipe"));
		assertThat(this.events).containsExactly("released", "closed");
		connection.socketClosed();
		assertThat(connection.bytesQueued()).isZero();
	}

	@Test
	void theReasonWhyASocketIsBrokenBeginsNoLineOfTheLog() {
		try (CapturedLog log = new CapturedLog(ChannelConnection.class)) {
			((Logger) LoggerFactory.getLogger(ChannelConnection.class)).setLevel(Level.DEBUG);
			this.fixture.connection().broken(new IOException("no name x\nFAKE LINE\u001b[31m"));
			assertThat(log.lines()).anyMatch((line) -> line.endsWith("no name x\\nFAKE LINE\\u001b[31m"));
		}
	}

	@Test
	void aSocketThatBreaksWhileItIsFlushedIsNotWaitedFor() {
		ChannelConnection connection = this.fixture.connection();
		this.channel.stick();
		sendOnLane(connection);
		connection.close();
		this.channel.runPendingTasks();
		connection.broken(new IOException("broken pipe"));
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(connection.closeReason()).isEqualTo(CloseReason.HANDLER);
	}

	@Test
	void aSocketThatClosesBeforeThereIsAReadingSideEndsTheConnection() {
		ChannelConnection connection = this.fixture.factory().newConnection(1, this.channel);
		connection.socketClosed();
		connection.ended();
		assertThat(this.events).containsExactly("released", "removed peer-closed");
	}

	@Test
	void aReadingSideIsRelievedWhenTheSocketIsClosed() {
		ChannelConnection connection = this.fixture.connection();
		connection.close();
		this.events.clear();
		connection.socketClosed();
		assertThat(this.events).containsExactly("relieved");
	}

	@ParameterizedTest
	@EnumSource(CloseReason.class)
	void whatWaitsToBeHandledIsDroppedUnlessThePeerHasEnded(CloseReason reason) {
		ChannelConnection connection = this.fixture.connection();
		assertThat(connection.dropsWaiting()).isFalse();
		connection.end(reason);
		boolean peer = reason == CloseReason.PEER_CLOSED || reason == CloseReason.RESET;
		assertThat(connection.dropsWaiting()).isEqualTo(!peer);
	}

	@Test
	void oneThatIsOpenIsNotForgotten() {
		this.fixture.connection().ended();
		assertThat(this.events).isEmpty();
	}

	@Test
	void callbacksRunWhenItsKeysAreFreeAndBeforeItIsForgotten() {
		ChannelConnection connection = this.fixture.connection();
		connection.bind("ann");
		List<String> seen = new ArrayList<>();
		connection.onClose((ended, reason) -> {
			seen.addAll(this.events);
			seen.addAll(ended.keys());
		});
		connection.socketClosed();
		connection.ended();
		assertThat(seen).containsExactly("released", "relieved", "ann");
		assertThat(this.events).containsExactly("released", "relieved", "removed peer-closed");
	}

	@Test
	void withoutCallbacksNoneIsWaitedForAndALateOneRunsAtOnce() {
		ChannelConnection connection = this.fixture.connection();
		connection.socketClosed();
		assertThat(connection.endsWithoutCallbacks()).isTrue();
		connection.onClose((ended, reason) -> this.events.add("late " + reason));
		assertThat(this.events).last().isEqualTo("late peer-closed");
		connection.ended();
		assertThat(this.events).containsOnlyOnce("late peer-closed", "removed peer-closed");
	}

	@Test
	void oneCallbackEvenIfItWasTakenBackMakesTheEndALaneMatter() {
		ChannelConnection connection = this.fixture.connection();
		connection.onClose((ended, reason) -> this.events.add("taken back")).remove();
		connection.socketClosed();
		assertThat(connection.endsWithoutCallbacks()).isFalse();
		connection.ended();
		assertThat(this.events).containsExactly("released", "relieved", "removed peer-closed");
	}

	@Test
	void tasksAreRefusedUntilThereIsALane() {
		ChannelConnection connection = this.fixture.connection();
		assertThat(connection.execute(() -> this.events.add("lost"))).isFalse();
		connection.lane((task) -> {
			task.run();
			return true;
		});
		assertThat(connection.execute(() -> this.events.add("taken"))).isTrue();
		assertThat(this.events).containsExactly("taken");
	}

	@Test
	void connectionsOfOneEventLoopShareItsOutboxAndItsCounter() {
		ConnectionFactory factory = this.fixture.factory();
		ChannelConnection first = this.fixture.connection(factory, this.channel);
		ChannelConnection second = this.fixture.connection(factory, this.channel);
		assertThat(first.outbox()).isSameAs(second.outbox())
			.isSameAs(this.fixture.outboxes.of(this.channel.eventLoop()));
		first.send(1, "a");
		second.send(2, "b");
		this.channel.runPendingTasks();
		assertThat(this.fixture.metrics.messagesOut()).isEqualTo(2);
		assertThat(this.events).containsExactly("wrote 9", "wrote 9");
	}

	private static void sendOnLane(ChannelConnection connection) {
		connection.enterLane();
		connection.send(1, "ab");
		connection.leaveLane();
	}

	/**
	 * A way in which a connection may end, and the reason that it gives.
	 */
	private record End(String name, CloseReason reason, Consumer<ChannelConnection> how) {

		static final List<End> ALL = List.of(new End("close", CloseReason.HANDLER, ChannelConnection::close),
				new End("newer login", CloseReason.REPLACED, (connection) -> {
					if (connection.decideKick()) {
						connection.kicked();
					}
				}), new End("kick", CloseReason.KICKED, (connection) -> connection.close(CloseReason.KICKED)),
				new End("slow consumer", CloseReason.SLOW_CONSUMER,
						(connection) -> connection.close(CloseReason.SLOW_CONSUMER)),
				new End("drained", CloseReason.DRAINED, (connection) -> connection.end(CloseReason.DRAINED)),
				new End("end of input", CloseReason.PEER_CLOSED,
						(connection) -> connection.end(CloseReason.PEER_CLOSED)),
				new End("end of input with an answer to write", CloseReason.PEER_CLOSED, (connection) -> {
					sendOnLane(connection);
					connection.end(CloseReason.PEER_CLOSED);
				}),
				new End("broken", CloseReason.RESET, (connection) -> connection.broken(new IOException("broken pipe"))),
				new End("socket closed", CloseReason.PEER_CLOSED, ChannelConnection::socketClosed),
				new End("link failed", CloseReason.HANDSHAKE_FAILED, ChannelConnection::linkFailed));

		@Override
		public String toString() {
			return this.name;
		}

	}

}
