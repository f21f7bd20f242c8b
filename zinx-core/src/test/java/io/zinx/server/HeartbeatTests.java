package io.zinx.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.InvalidSettingException;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.metrics.DropReason;
import io.zinx.routing.Routes;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import io.zinx.testing.SocketClient.Received;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeartbeatTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofMinutes(5);

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatOnlyReceivesGetsHeartbeatsAndIsClosedAfterTheTimeout(Setup setup) {
		HeartbeatSettings settings = send(50).timeout(Duration.ofMillis(400)).build();
		Started started = new Started();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings), started);
				SocketClient client = server.connect()) {
			Connection connection = started.connection();
			Received beat = client.receive();
			assertThat(beat.msgId()).isEqualTo(99999);
			assertThat(beat.text()).startsWith("heartbeat [").contains("->").endsWith("]");
			if (TestLink.usual().hasPorts()) {
				assertThat(beat.text()).isEqualTo(
						"heartbeat [127.0.0.1:" + server.server().port() + "->127.0.0.1:" + client.localPort() + "]");
			}
			while (client.receiveOrEnd() != null) {
				assertThat(connection.messagesIn()).isZero();
			}
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			server.awaitSize(0);
			assertThat(server.metrics().closed("heartbeat-missed")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "HASH_EPOLL")
	void aClientThatOnlyAnswersHeartbeatsLives(Setup setup) {
		HeartbeatSettings settings = send(200).timeout(Duration.ofSeconds(2)).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			for (int i = 0; i < 12; i++) {
				client.send(99999, client.receive().text());
			}
			assertThat(client.receive().msgId()).isEqualTo(99999);
			assertThat(connection.isOpen()).isTrue();
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void checkOnlySendsNothingAndClosesSilentClients(Setup setup) {
		HeartbeatSettings settings = settings(HeartbeatMode.CHECK_ONLY).timeout(SHORT).build();
		Started started = new Started();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings), started);
				SocketClient client = server.connect()) {
			Connection connection = started.connection();
			client.awaitClose();
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			assertThat(connection.messagesOut()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void replyAnswersEachHeartbeatOfAClient(Setup setup) {
		HeartbeatSettings settings = settings(HeartbeatMode.REPLY).timeout(LONG).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			for (int i = 0; i < 3; i++) {
				Received beat = client.send(99999, "are you there?").receive();
				assertThat(beat.msgId()).isEqualTo(99999);
				assertThat(beat.text()).startsWith("heartbeat [")
					.endsWith(TestLink.usual().hasPorts() ? client.localPort() + "]" : "]");
			}
			assertThat(client.send(1, "no more").receive().text()).isEqualTo("no more");
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void replyAnswersWhileTheHandlerIsBusy(Setup setup) {
		HeartbeatSettings settings = settings(HeartbeatMode.REPLY).timeout(LONG).text("here").build();
		CountDownLatch end = new CountDownLatch(1);
		List<Long> intercepted = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings),
				(routes) -> routes.add(9, (request) -> end.await()).interceptor((request, chain) -> {
					intercepted.add(request.msgId());
					chain.proceed(request);
				})); SocketClient client = server.connect()) {
			client.send(9, "slow");
			for (int i = 1; i <= 3; i++) {
				assertThat(client.send(99999, "are you there?").receive().text()).isEqualTo("here");
				assertThat(server.metrics().heartbeatsSent()).isEqualTo(i);
			}
			end.countDown();
			assertThat(client.send(1, "no more").receive().text()).isEqualTo("no more");
			assertThat(intercepted).containsExactly(9L, 99999L, 99999L, 99999L, 1L);
			assertThat(server.metrics().heartbeatsSent()).isEqualTo(3);
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "LOOP_NIO", "BIND_EPOLL" })
	void replyCallsTheApplicationInItsTurn(Setup setup) {
		CountDownLatch end = new CountDownLatch(1);
		HeartbeatSettings settings = settings(HeartbeatMode.REPLY).timeout(LONG)
			.body((connection) -> ("made, " + end.getCount()).getBytes(StandardCharsets.UTF_8))
			.build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings),
				(routes) -> routes.add(9, (request) -> {
					new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
					end.countDown();
				})); SocketClient client = server.connect()) {
			client.send(9, "slow").send(99999, "are you there?");
			assertThat(client.receive().text()).isEqualTo("made, 0");
			Awaitility.await().until(() -> server.metrics().heartbeatsSent() == 1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void replyClosesNobodyWhoSendsManyHeartbeatsAndDoesNotReadForAWhile(Setup setup) throws Exception {
		HeartbeatSettings settings = settings(HeartbeatMode.REPLY).timeout(LONG).build();
		int beats = 40_000;
		try (TestServer server = TestServer
			.start(setup.config().heartbeat(settings).outboundMaxBytes(16 * 1024).socketBuffers(0, 16 * 1024));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			Connection connection = server.onlyConnection();
			ByteBuffer all = ByteBuffer.allocate(beats * 8);
			for (int i = 0; i < beats; i++) {
				all.put(SocketClient.frame(99999, ""));
			}
			Thread sender = new Thread(() -> client.sendRaw(all.array()).send(1, "last"));
			sender.start();
			Awaitility.await().until(() -> !connection.isWritable());
			Received next = client.receive();
			while (next.msgId() == 99999) {
				next = client.receive();
			}
			assertThat(next.text()).isEqualTo("last");
			assertThat(connection.isOpen()).isTrue();
			sender.join();
		}
	}

	@Test
	void aHeartbeatThatIsDroppedIsExplained() {
		HeartbeatSettings on = settings(HeartbeatMode.CHECK_ONLY).timeout(LONG).msgId(77).build();
		HeartbeatSettings off = settings(HeartbeatMode.OFF).msgId(77).build();
		assertThat(droppedLine(HeartbeatSettings.OFF, 99999)).contains("Message 99999 ", "zinx.heartbeat.mode is off");
		assertThat(droppedLine(off, 77)).contains("Message 77 ", "zinx.heartbeat.mode is off");
		assertThat(droppedLine(on, 99999)).contains("Message 99999 ", "zinx.heartbeat.msg-id is 77");
		assertThat(droppedLine(on, 3)).contains("Message 3 ").doesNotContain("heartbeat.m");
	}

	private static String droppedLine(HeartbeatSettings settings, long msgId) {
		try (CapturedLog log = new CapturedLog(Routes.class);
				TestServer server = TestServer.start(ServerConfig.builder().heartbeat(settings));
				SocketClient client = server.connect()) {
			assertThat(client.send(msgId, "").send(1, "echo").receive().text()).isEqualTo("echo");
			assertThat(log.lines()).hasSize(1);
			return log.lines().get(0);
		}
	}

	@ParameterizedTest
	@EnumSource(value = HeartbeatMode.class, names = { "SEND", "CHECK_ONLY" })
	void heartbeatsOfClientsAreNoUnknownMessagesAndGetNoAnswer(HeartbeatMode mode) {
		HeartbeatSettings settings = settings(mode).interval(LONG).timeout(LONG.plusSeconds(1)).msgId(77).build();
		try (TestServer server = TestServer.start(ServerConfig.builder().heartbeat(settings));
				SocketClient client = server.connect()) {
			client.send(77, "beat").send(99999, "unknown").send(1, "echo");
			assertThat(client.receive().text()).isEqualTo("echo");
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isEqualTo(1);
			assertThat(server.metrics().messagesIn()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(HeartbeatMode.class)
	void aRouterOfTheApplicationGetsTheHeartbeats(HeartbeatMode mode) {
		HeartbeatSettings settings = settings(mode).interval(LONG).timeout(LONG).msgId(77).build();
		try (TestServer server = TestServer.start(ServerConfig.builder().heartbeat(settings),
				(routes) -> routes.use((request) -> request.next())
					.add(77, (request) -> request.reply(78, "mine: " + request.bodyAsString()))
					.fallback((request) -> request.reply(79, "fallback")));
				SocketClient client = server.connect()) {
			assertThat(client.send(77, "beat").receive().text()).isEqualTo("mine: beat");
			assertThat(client.send(80, "beat").receive().text()).isEqualTo("fallback");
		}
	}

	@Test
	void theServersOwnRouterComesBeforeRangesAndFallbackAndGoesWithoutMiddleware() {
		HeartbeatSettings settings = settings(HeartbeatMode.CHECK_ONLY).timeout(LONG).build();
		List<Long> seen = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(ServerConfig.builder().heartbeat(settings),
				(routes) -> routes.use((request) -> {
					seen.add(request.msgId());
					request.next();
				})
					.range(99_000, 100_000, (request) -> request.reply(2, "range"), "range")
					.fallback((request) -> request.reply(2, "fallback")));
				SocketClient client = server.connect()) {
			client.send(99999, "").send(99998, "");
			assertThat(client.receive().text()).isEqualTo("range");
			assertThat(seen).containsExactly(99998L);
			server.server().stop();
			server.server().start();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theApplicationMakesBodiesOnTheLane(Setup setup) {
		List<String> threads = new CopyOnWriteArrayList<>();
		HeartbeatSettings settings = send(50).timeout(LONG).body((connection) -> {
			threads.add(Thread.currentThread().getName());
			return ("beat " + connection.connId()).getBytes(StandardCharsets.UTF_8);
		}).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			assertThat(client.receive().text()).isEqualTo("beat 1");
			assertThat(client.receive().text()).isEqualTo("beat 1");
			assertThat(threads).allMatch((name) -> name.contains(setup.laneThread()));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theApplicationSendsHeartbeatsOfItsOwnAndMayThrow(Setup setup) {
		AtomicInteger calls = new AtomicInteger();
		HeartbeatSettings settings = send(50).timeout(LONG).sender((connection) -> {
			if (calls.incrementAndGet() == 1) {
				throw new IllegalStateException("thrown by a test");
			}
			connection.send(5, "ping");
			connection.send(6, "pong");
		}).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			assertThat(client.receive().text()).isEqualTo("ping");
			assertThat(client.receive().text()).isEqualTo("pong");
			assertThat(server.metrics().handlerFailures()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_NIO", "LOOP_EPOLL", "BIND_EPOLL" })
	void theApplicationDecidesAboutASilentClientOncePerSilence(Setup setup) {
		List<Connection> silent = new CopyOnWriteArrayList<>();
		HeartbeatSettings settings = settings(HeartbeatMode.CHECK_ONLY).timeout(SHORT)
			.onRemoteNotAlive((connection) -> {
				silent.add(connection);
				connection.send(5, "are you there?");
			})
			.build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			for (int silence = 1; silence <= 3; silence++) {
				assertThat(client.receive().text()).isEqualTo("are you there?");
				assertThat(silent).hasSize(silence);
				client.send(3, "yes, and no router is there for it");
			}
			assertThat(server.onlyConnection().isOpen()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "LOOP_NIO" })
	void aClientThatNeitherReadsNorSendsIsFoundThoughItsOutputIsFull(Setup setup) {
		HeartbeatSettings settings = send(50).timeout(Duration.ofMillis(500)).build();
		Started started = new Started();
		try (TestServer server = TestServer
			.start(setup.config().heartbeat(settings).flushTimeout(Duration.ofMillis(100)), started);
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = started.connection();
			while (connection.isOpen() && connection.bytesQueued() < 400 * 1024) {
				connection.send(5, new byte[8 * 1024]);
			}
			server.awaitSize(0);
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "LOOP_NIO" })
	void aSlowHandlerCostsItsClientNothing(Setup setup) throws Exception {
		HeartbeatSettings settings = settings(HeartbeatMode.CHECK_ONLY).timeout(Duration.ofSeconds(1)).build();
		CountDownLatch handling = new CountDownLatch(1);
		Started started = new Started();
		try (TestServer server = TestServer.start(
				setup.config().heartbeat(settings).eventLoops(1).workerPoolSize(1).maxWorkerTaskLen(2),
				(routes) -> routes.add(9, (request) -> {
					handling.countDown();
					new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS);
				}), started); SocketClient client = server.connect()) {
			Connection connection = started.connection();
			client.send(9, "slow");
			handling.await();
			for (int i = 0; i < 8; i++) {
				client.send(1, "echo " + i);
			}
			for (int i = 0; i < 8; i++) {
				assertThat(client.receive().text()).isEqualTo("echo " + i);
			}
			client.awaitClose();
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aDeadPeerIsClosedThoughItsHandlerIsStuck(Setup setup) throws Exception {
		HeartbeatSettings settings = settings(HeartbeatMode.CHECK_ONLY).timeout(SHORT).build();
		CountDownLatch end = new CountDownLatch(1);
		Started started = new Started();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings),
				(routes) -> routes.add(9, (request) -> end.await()), started); SocketClient client = server.connect()) {
			Connection connection = started.connection();
			client.send(9, "stuck");
			client.awaitClose();
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
			end.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theFirstHeartbeatComesAfterOnStart(Setup setup) throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStart(Connection connection) throws Exception {
				new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
				connection.send(5, "started");
				started.countDown();
			}
		};
		HeartbeatSettings settings = send(10).timeout(LONG).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings), listener);
				SocketClient client = server.connect()) {
			assertThat(client.receive().text()).isEqualTo("started");
			assertThat(client.receive().msgId()).isEqualTo(99999);
			started.await();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopEndsHeartbeats(Setup setup) {
		HeartbeatSettings settings = send(10).timeout(LONG).build();
		try (TestServer server = TestServer.start(setup.config().heartbeat(settings));
				SocketClient client = server.connect()) {
			assertThat(client.receive().msgId()).isEqualTo(99999);
			Connection connection = server.onlyConnection();
			server.server().stop();
			assertThat(connection.closeReason()).isEqualTo(CloseReason.SERVER_STOPPING);
			long sent = connection.messagesOut();
			long received = 1;
			while (client.receiveOrEnd() != null) {
				received++;
			}
			assertThat(received).isEqualTo(sent);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "LOOP_NIO" })
	void anIdleConnectionIsClosed(Setup setup) {
		List<IdleSettings> all = List.of(new IdleSettings(SHORT, Duration.ZERO, Duration.ZERO),
				new IdleSettings(Duration.ZERO, SHORT, Duration.ZERO),
				new IdleSettings(Duration.ZERO, Duration.ZERO, SHORT));
		for (IdleSettings settings : all) {
			Started started = new Started();
			try (TestServer server = TestServer.start(setup.config().idle(settings), started);
					SocketClient client = server.connect()) {
				Connection connection = started.connection();
				client.awaitClose();
				assertThat(connection.closeReason()).isEqualTo(CloseReason.IDLE);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = "LOOP_NIO")
	void aConnectionOnWhichBytesGoIsNotIdle(Setup setup) {
		Duration timeout = Duration.ofSeconds(2);
		try (TestServer server = TestServer.start(setup.config().idle(new IdleSettings(timeout, timeout, timeout)));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			long start = System.nanoTime();
			Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
				assertThat(client.send(1, "echo").receive().text()).isEqualTo("echo");
				return System.nanoTime() - start > timeout.toNanos() * 5 / 4;
			});
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void heartbeatsThatCannotBeSentFailTheBuildOfTheConfiguration() {
		HeartbeatSettings settings = send(50).text("x".repeat(2000)).build();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder().outboundMaxBytes(1024).heartbeat(settings).build())
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("heartbeat.text"));
	}

	private static HeartbeatSettings.Builder settings(HeartbeatMode mode) {
		return HeartbeatSettings.builder(mode);
	}

	private static HeartbeatSettings.Builder send(int intervalMillis) {
		return settings(HeartbeatMode.SEND).interval(Duration.ofMillis(intervalMillis));
	}

	/**
	 * Keeps the connection that has started, however soon it ends.
	 */
	private static final class Started implements ConnectionListener {

		private final CompletableFuture<Connection> connection = new CompletableFuture<>();

		@Override
		public void onStart(Connection connection) {
			this.connection.complete(connection);
		}

		Connection connection() {
			return this.connection.orTimeout(30, TimeUnit.SECONDS).join();
		}

	}

}
