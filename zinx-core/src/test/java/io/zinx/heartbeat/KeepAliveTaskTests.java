package io.zinx.heartbeat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeepAliveTaskTests {

	/** How late the wheel may be: a tick, another for the second look, and a step. */
	private static final long LATE = 250;

	@Test
	void sendsTheFrameThatGoZinxSends() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(send().build(), IdleSettings.OFF)) {
			fixture.pass(4900);
			assertThat(fixture.written()).isNull();
			fixture.pass(100 + LATE);
			assertThat(fixture.written()).isEqualTo("0001869f0000002c686561727462656174205b"
					+ "3132372e302e302e313a31373130322d3e3132372e302e302e313a34373733385d");
			assertThat(fixture.written()).isNull();
			fixture.receive();
			fixture.pass(5000 + LATE);
			assertThat(fixture.written()).isNotNull();
		}
	}

	@Test
	void sendsOnlyInModeSend() {
		for (HeartbeatMode mode : List.of(HeartbeatMode.CHECK_ONLY, HeartbeatMode.REPLY)) {
			try (KeepAliveFixture fixture = new KeepAliveFixture(HeartbeatSettings.builder(mode).build(),
					IdleSettings.OFF)) {
				fixture.pass(9900);
				assertThat(fixture.written()).isNull();
				assertThat(fixture.connection().isOpen()).isTrue();
				fixture.pass(100 + LATE);
				assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			}
		}
	}

	@Test
	void aSilentPeerIsFoundSoonAfterTheTimeoutWhateverTheInterval() {
		HeartbeatSettings settings = send().interval(Duration.ofSeconds(7)).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			fixture.pass(3000);
			fixture.receive();
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			assertThat(fixture.armed()).isZero();
		}
	}

	@Test
	void aPeerThatSendsLivesForEver() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(send().build(), IdleSettings.OFF)) {
			for (int i = 0; i < 20; i++) {
				fixture.pass(9900);
				fixture.receive();
			}
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void theClockStandsStillWhileTheLaneHasNoRoom() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), IdleSettings.OFF)) {
			fixture.pass(9500);
			fixture.keepAlive().readState(ReadState.HELD);
			fixture.pass(60_000);
			fixture.keepAlive().readState(ReadState.OPEN);
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void whatLiesUnreadWhenTheEventLoopWasHeldUpIsASignOfLife() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), idle(10, 0, 10))) {
			for (int i = 0; i < 3; i++) {
				fixture.stall(30_000);
				assertThat(fixture.connection().isOpen()).isTrue();
				fixture.receive();
			}
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().isOpen()).isFalse();
		}
	}

	@Test
	void aPauseBetweenTwoLooksIsNoSilence() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), IdleSettings.OFF)) {
			fixture.pass(1000);
			fixture.keepAlive().readState(ReadState.HELD);
			fixture.pass(8000);
			fixture.keepAlive().readState(ReadState.OPEN);
			fixture.pass(2000);
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void aPeerThatReadsSlowlyLivesAndOneThatReadsNoMoreIsFound() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), IdleSettings.OFF)) {
			congest(fixture);
			for (int i = 0; i < 10; i++) {
				fixture.pass(9000);
				fixture.peerReads(1);
			}
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + 2500 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void whatIsQueuedForAPeerThatDoesNotReadIsNoSignOfItsLife() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), IdleSettings.OFF)) {
			congest(fixture);
			for (int i = 0; i < 9; i++) {
				fixture.pass(1000);
				fixture.connection().send(1, new byte[100]);
				fixture.connection().flush();
			}
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(1000 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void bytesThatLeaveAreNoSignOfLifeOfAPeerThatIsRead() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(check(), IdleSettings.OFF)) {
			for (int i = 0; i < 9; i++) {
				fixture.pass(1000);
				fixture.connection().send(1, new byte[100]);
			}
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(1000 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void aPeerThatDoesNotReadGetsNoHeartbeats() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(send().interval(Duration.ofSeconds(1)).build(),
				IdleSettings.OFF)) {
			congest(fixture);
			long before = fixture.connection().messagesOut();
			fixture.pass(9000);
			assertThat(fixture.connection().messagesOut()).isEqualTo(before);
			fixture.keepAlive().readState(ReadState.OPEN);
			fixture.pass(1000 + LATE);
			assertThat(fixture.connection().messagesOut()).isEqualTo(before + 1);
		}
	}

	@Test
	void theApplicationIsToldOnceOfEachSilence() {
		AtomicInteger told = new AtomicInteger();
		HeartbeatSettings settings = send().onRemoteNotAlive((connection) -> told.incrementAndGet()).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			fixture.pass(10_000 + LATE);
			assertThat(told).hasValue(0);
			fixture.runLane();
			assertThat(told).hasValue(1);
			fixture.pass(60_000);
			fixture.runLane();
			assertThat(told).hasValue(1);
			fixture.receive();
			fixture.pass(9900);
			fixture.runLane();
			assertThat(told).hasValue(1);
			fixture.pass(100 + LATE);
			fixture.runLane();
			assertThat(told).hasValue(2);
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void aDeadPeerIsClosedIfTheLaneTakesNoMoreTasks() {
		HeartbeatSettings settings = send().onRemoteNotAlive((connection) -> {
		}).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			fixture.laneTakesTasks(false);
			fixture.pass(10_000 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void aDeadPeerIsClosedIfTheApplicationThrows() {
		HeartbeatSettings settings = send().onRemoteNotAlive(KeepAliveTaskTests::fail).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			fixture.pass(10_000 + LATE);
			assertThat(fixture.connection().isOpen()).isTrue();
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(fixture::runLane);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@Test
	void userCodeSendsOnTheLaneAndNeverTwiceAtATime() {
		HeartbeatSettings settings = send().body((connection) -> new byte[] { 1 }).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			for (int i = 0; i < 4; i++) {
				fixture.pass(5000 + LATE);
				fixture.receive();
				assertThat(fixture.tasks()).isEqualTo(1);
			}
			assertThat(fixture.written()).isNull();
			fixture.runLane();
			fixture.connection().flush();
			assertThat(fixture.written()).isEqualTo("0001869f0000000101");
			fixture.pass(5000 + LATE);
			assertThat(fixture.tasks()).isEqualTo(1);
		}
	}

	@Test
	void userCodeThatThrowsOrIsRefusedCostsOneHeartbeat() {
		List<Connection> beats = new ArrayList<>();
		HeartbeatSettings settings = send().sender((connection) -> {
			beats.add(connection);
			fail(connection);
		}).build();
		try (KeepAliveFixture fixture = new KeepAliveFixture(settings, IdleSettings.OFF)) {
			fixture.laneTakesTasks(false);
			fixture.pass(5000 + LATE);
			fixture.laneTakesTasks(true);
			fixture.receive();
			for (int i = 0; i < 3; i++) {
				fixture.pass(5000 + LATE);
				fixture.receive();
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(fixture::runLane);
			}
			assertThat(beats).hasSize(3);
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void nothingReceivedForTooLongIsIdle() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(HeartbeatSettings.OFF, idle(10, 0, 0))) {
			fixture.pass(5000);
			fixture.receive();
			fixture.connection().send(1, new byte[1]);
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.IDLE);
		}
	}

	@Test
	void nothingWrittenForTooLongIsIdle() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(HeartbeatSettings.OFF, idle(0, 10, 0))) {
			fixture.pass(5000);
			fixture.connection().send(1, new byte[1]);
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.receive();
			fixture.pass(100 + 2500 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.IDLE);
		}
	}

	@Test
	void whatTheSocketDoesNotTakeIsNotWritten() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(HeartbeatSettings.OFF, idle(0, 10, 0))) {
			fixture.peerReads(0);
			fixture.pass(5000);
			fixture.connection().send(1, new byte[1]);
			fixture.pass(4900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.IDLE);
		}
	}

	@Test
	void neitherReadNorWrittenForTooLongIsIdle() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(HeartbeatSettings.OFF, idle(0, 0, 10))) {
			fixture.pass(9000);
			fixture.receive();
			fixture.pass(9000);
			fixture.connection().send(1, new byte[1]);
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + 2500 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.IDLE);
		}
	}

	@Test
	void aConnectionThatHasEndedIsWatchedNoMore() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(send().build(), idle(60, 60, 60))) {
			assertThat(fixture.armed()).isEqualTo(1);
			fixture.connection().socketClosed();
			fixture.keepAlive().end();
			assertThat(fixture.armed()).isZero();
			fixture.keepAlive().readState(ReadState.HELD);
			fixture.keepAlive().readState(ReadState.OPEN);
			fixture.keepAlive().begin();
			assertThat(fixture.armed()).isZero();
		}
	}

	@Test
	void noHeartbeatFollowsAClose() {
		try (KeepAliveFixture fixture = new KeepAliveFixture(send().build(), IdleSettings.OFF)) {
			fixture.pass(4000);
			fixture.connection().close();
			fixture.pass(60_000);
			assertThat(fixture.written()).isNull();
			assertThat(fixture.armed()).isZero();
		}
	}

	@Test
	void nothingIsWatchedWhenAllIsOff() {
		AtomicInteger scheduled = new AtomicInteger();
		Heartbeats off = new Heartbeats("test", HeartbeatSettings.OFF, IdleSettings.OFF, ReceiveTimeouts.OFF,
				System::nanoTime);
		EmbeddedChannel channel = new EmbeddedChannel();
		assertThat(off.newKeepAlive(accept(channel, 1, Clocks.SYSTEM).get(0), countingLoop(scheduled)))
			.isSameAs(KeepAlive.NONE);
		assertThat(scheduled).hasValue(0);
		channel.finishAndReleaseAll();
	}

	@Test
	void twentyThousandConnectionsHaveOneTimer() {
		AtomicLong nanos = new AtomicLong();
		AtomicInteger scheduled = new AtomicInteger();
		EventLoop loop = countingLoop(scheduled);
		EmbeddedChannel channel = new EmbeddedChannel();
		Heartbeats heartbeats = new Heartbeats("test", send().sender((connection) -> {
		}).build(), idle(60, 60, 60), ReceiveTimeouts.OFF, nanos::get);
		List<KeepAlive> keepAlives = new ArrayList<>();
		for (ChannelConnection connection : accept(channel, 20_000, new Clocks(Clocks.SYSTEM.wall(), nanos::get))) {
			KeepAlive keepAlive = heartbeats.newKeepAlive(connection, loop);
			keepAlives.add(keepAlive);
			keepAlive.begin();
		}
		LoopWheel wheel = heartbeats.wheel(loop);
		assertThat(wheel.size()).isEqualTo(20_000);
		assertThat(scheduled).hasValue(1);
		for (int tick = 1; tick <= 50; tick++) {
			nanos.addAndGet(Duration.ofMillis(100).toNanos());
			wheel.run();
			assertThat(scheduled).hasValue(1 + tick);
		}
		keepAlives.forEach(KeepAlive::end);
		wheel.run();
		assertThat(scheduled).hasValue(51);
		channel.finishAndReleaseAll();
	}

	private static void congest(KeepAliveFixture fixture) {
		fixture.peerReads(0);
		fixture.connection().send(1, new byte[100_000]);
		fixture.connection().flush();
		fixture.keepAlive().readState(ReadState.CONGESTED);
	}

	private static HeartbeatSettings.Builder send() {
		return HeartbeatSettings.builder(HeartbeatMode.SEND).jitter(0);
	}

	private static HeartbeatSettings check() {
		return HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).build();
	}

	private static IdleSettings idle(int read, int write, int all) {
		return new IdleSettings(Duration.ofSeconds(read), Duration.ofSeconds(write), Duration.ofSeconds(all));
	}

	private static void fail(Connection connection) {
		throw new IllegalStateException("thrown by a test on " + connection.connId());
	}

	private static List<ChannelConnection> accept(EmbeddedChannel channel, int count, Clocks clocks) {
		ConnectionAcceptor acceptor = TestConnections.acceptor(new ConnManager(count), new TlvCodec(), clocks);
		List<ChannelConnection> accepted = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			acceptor.accept(channel, accepted::add);
		}
		return accepted;
	}

	private static EventLoop countingLoop(AtomicInteger scheduled) {
		return (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(), new Class<?>[] { EventLoop.class },
				(proxy, method, args) -> switch (method.getName()) {
					case "schedule" -> {
						scheduled.incrementAndGet();
						yield null;
					}
					case "hashCode" -> 1;
					case "equals" -> proxy == args[0];
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

}
