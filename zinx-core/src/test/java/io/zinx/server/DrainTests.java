package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.EventLoop;
import io.zinx.InvalidSettingException;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.LateRequests;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.message.Message;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import io.zinx.transport.ServerBindException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DrainTests {

	private static final Message GOODBYE = message(500, "bye");

	private static final Message REFUSAL = message(501, "too late");

	private static void slow(RouteRegistry routes) {
		routes.add(3, (request) -> {
			LockSupport.parkNanos(Duration.ofMillis(Long.parseLong(request.bodyAsString())).toNanos());
			request.reply(3, request.body());
		});
	}

	private static Message message(long msgId, String text) {
		return new Message(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatWasSentBeforeTheStopIsAnsweredInOrderAlthoughThereIsNoRoomForIt(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).maxWorkerTaskLen(4),
				DrainTests::slow); SocketClient client = server.connect()) {
			client.send(1, "hello").receive();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(SocketClient.frame(3, "300"));
			for (int i = 0; i < 5000; i++) {
				all.writeBytes(SocketClient.frame(1, "" + i));
			}
			client.sendRaw(all.toByteArray());
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			assertThat(client.receive().text()).isEqualTo("300");
			for (int i = 0; i < 5000; i++) {
				assertThat(client.receive().text()).isEqualTo("" + i);
			}
			client.awaitClose();
			Awaitility.await().until(() -> !stopper.isAlive());
			assertThat(server.metrics().closed(CloseReason.SERVER_STOPPING.tag())).isOne();
		}
	}

	/**
	 * An event loop reads some of its sockets in a turn.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatWasSentBeforeTheStopIsAnsweredHoweverManySocketsAreReadBefore(Setup setup) {
		CountDownLatch release = new CountDownLatch(1);
		List<SocketClient> clients = new ArrayList<>();
		try (TestServer server = TestServer.start(setup.config()
			.eventLoops(1)
			.gracePeriod(Duration.ofMinutes(1))
			.drain(DrainSettings.DEFAULTS.withQuietPeriod(Duration.ZERO)))) {
			for (int i = 0; i < 200; i++) {
				clients.add(server.connect());
				clients.get(i).send(1, "hello").receive();
			}
			EventLoop loop = ((ChannelConnection) server.connections().find((connection) -> true).get(0)).channel()
				.eventLoop();
			loop.execute(() -> awaitRelease(release));
			clients.forEach((client) -> client.send(1, "before"));
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			Awaitility.await().until(() -> EventLoopTasks.waiting(loop) >= clients.size());
			release.countDown();
			for (SocketClient client : clients) {
				assertThat(client.receive().text()).isEqualTo("before");
				client.awaitClose();
			}
			Awaitility.await().until(() -> !stopper.isAlive());
		}
		finally {
			release.countDown();
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoReadsNothingOrStopsInTheMiddleHoldsUpAStopNoLongerThanAFlushMayTake(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()
			.gracePeriod(Duration.ofMinutes(5))
			.flushTimeout(Duration.ofMillis(200))
			.outboundMaxBytes(64 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.DROP));
				SocketClient silent = SocketClient.connect(server.server().port(), 4096)) {
			silent.send(1, "hello").receive();
			Connection unread = server.onlyConnection();
			SendingTests.fill(unread);
			try (SocketClient torn = server.connect()) {
				torn.sendRaw(Arrays.copyOf(SocketClient.frame(1, "in two parts"), 10));
				Thread stopper = new Thread(server.server()::stop);
				stopper.start();
				Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !stopper.isAlive());
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aMessageThatIsHalfThereIsAwaited(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			byte[] frame = SocketClient.frame(1, "in two parts");
			client.send(1, "hello").receive();
			client.sendRaw(Arrays.copyOf(frame, 10));
			Awaitility.await().until(() -> server.metrics().bytesIn() == 13 + 10);
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			Awaitility.await().until(() -> server.server().phase() == ServerPhase.DRAINING);
			LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
			client.sendRaw(Arrays.copyOfRange(frame, 10, frame.length));
			assertThat(client.receive().text()).isEqualTo("in two parts");
			client.awaitClose();
			Awaitility.await().until(() -> !stopper.isAlive());
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void drainedServerRunsOnAndTakesClientsAgainWhenItResumes(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().goodbye(GOODBYE));
				SocketClient client = server.connect()) {
			client.send(1, "hello").receive();
			int port = server.server().port();
			assertThat(server.server().phase()).isEqualTo(ServerPhase.RUNNING);
			assertThat(server.server().drain()).isTrue();
			assertThat(server.server().drain()).isFalse();
			assertThat(server.server().phase()).isEqualTo(ServerPhase.DRAINING);
			assertThat(server.server().isRunning()).isTrue();
			assertThat(client.receive().text()).isEqualTo("bye");
			client.awaitClose();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> SocketClient.connect(port));
			server.awaitSize(0);
			assertThat(server.metrics().closed(CloseReason.DRAINED.tag())).isOne();
			assertThat(server.server().resume()).isTrue();
			assertThat(server.server().resume()).isFalse();
			assertThat(server.server().phase()).isEqualTo(ServerPhase.RUNNING);
			assertThat(server.server().port()).isEqualTo(port);
			try (SocketClient next = server.connect()) {
				assertThat(next.send(1, "again").receive().text()).isEqualTo("again");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoHasNotLeftStaysWhenTheServerResumes(Setup setup) {
		whileItStays(slowToClose(setup, LateRequests.REFUSE, REFUSAL), (server, client) -> {
			server.server().drain();
			awaitRefusal(client);
			assertThat(server.metrics().dropped(DropReason.LATE_REQUEST)).isPositive();
			assertThat(server.server().resume()).isTrue();
			Awaitility.await().until(() -> client.send(1, "back").receive().text().equals("back"));
		});
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void lateRequestsAreHandledUnlessToldOtherwise(Setup setup) {
		try (TestServer server = TestServer.start(slowToClose(setup, LateRequests.HANDLE, null).goodbye(GOODBYE));
				SocketClient client = server.connect()) {
			client.send(1, "hello").receive();
			server.server().drain();
			assertThat(client.receive().text()).isEqualTo("bye");
			assertThat(client.send(1, "late").receive().text()).isEqualTo("late");
			server.server().stop(Duration.ZERO);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void lateRequestsAreDroppedIfToldSo(Setup setup) {
		whileItStays(slowToClose(setup, LateRequests.DROP, null), (server, client) -> {
			Connection connection = server.onlyConnection();
			server.server().drain();
			AtomicInteger sent = new AtomicInteger();
			AtomicInteger droppedInARow = new AtomicInteger();
			Awaitility.await().until(() -> {
				long answered = connection.messagesOut();
				long received = connection.messagesIn();
				client.send(1, "" + sent.incrementAndGet());
				Awaitility.await().until(() -> connection.messagesIn() == received + 1);
				LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
				boolean isDropped = connection.messagesOut() == answered;
				return droppedInARow.updateAndGet((dropped) -> isDropped ? dropped + 1 : 0) == 2;
			});
			server.server().resume();
			client.send(1, "end");
			int replies = 0;
			while (!client.receive().text().equals("end")) {
				replies++;
			}
			assertThat(replies).isLessThan(sent.get());
			assertThat(server.metrics().dropped(DropReason.LATE_REQUEST)).isEqualTo(sent.get() - replies);
		});
	}

	/**
	 * Once in some thousand times chance chooses the first moment of the hour, and the
	 * client is sent away at once: then again.
	 */
	private static void whileItStays(ServerConfigBuilder config, BiConsumer<TestServer, SocketClient> test) {
		whileItStays(config, (routes) -> {
		}, test);
	}

	private static void whileItStays(ServerConfigBuilder config, Consumer<RouteRegistry> routes,
			BiConsumer<TestServer, SocketClient> test) {
		for (int left = 2;; left--) {
			try (TestServer server = TestServer.start(config, routes); SocketClient client = server.connect()) {
				client.send(1, "hello").receive();
				Connection connection = server.onlyConnection();
				try {
					test.accept(server, client);
					return;
				}
				catch (AssertionError | RuntimeException ex) {
					if (left == 0 || connection.closeReason() != CloseReason.DRAINED) {
						throw ex;
					}
				}
				finally {
					server.server().stop(Duration.ZERO);
				}
			}
		}
	}

	private static ServerConfigBuilder slowToClose(Setup setup, LateRequests late, @Nullable Message refusal) {
		return setup.config()
			.gracePeriod(Duration.ofHours(2))
			.drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofHours(1)).withLateRequests(late, refusal));
	}

	private static void awaitRefusal(SocketClient client) {
		Awaitility.await().until(() -> client.send(1, "?").receive().msgId() == REFUSAL.msgId());
	}

	@Test
	void closesAreSpreadOverTheWindow() {
		ConcurrentLinkedQueue<Long> stops = new ConcurrentLinkedQueue<>();
		try (TestServer server = TestServer.start(
				ServerConfig.builder().drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofSeconds(2))),
				new ConnectionListener() {
					@Override
					public void onStop(Connection connection, CloseReason reason) {
						stops.add(System.nanoTime());
					}
				})) {
			List<SocketClient> clients = Stream.generate(server::connect).limit(40).toList();
			clients.forEach((client) -> client.send(1, "hello").receive());
			server.server().stop();
			assertThat(stops).hasSize(40);
			List<Long> sorted = stops.stream().sorted().toList();
			assertThat(Duration.ofNanos(sorted.get(39) - sorted.get(0))).isGreaterThan(Duration.ofMillis(300));
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aConnectionLeavesWhenItIsTooOld(Setup setup) {
		DrainSettings settings = DrainSettings.DEFAULTS.withMaxConnAge(Duration.ofMillis(1500), 0.5);
		try (TestServer server = TestServer.start(setup.config().goodbye(GOODBYE).drain(settings));
				SocketClient client = server.connect()) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			assertThat(client.receive().text()).isEqualTo("bye");
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed(CloseReason.MAX_AGE.tag())).isOne();
			try (SocketClient next = server.connect()) {
				assertThat(next.send(1, "again").receive().text()).isEqualTo("again");
			}
		}
	}

	@Test
	void goodbyesAreMadeForEachClient() {
		Goodbye goodbye = (connection, reason) -> {
			if (connection.connId() == 2) {
				throw new IllegalStateException("as the test says");
			}
			return message(500, reason + " " + connection.connId());
		};
		try (TestServer server = TestServer
			.start(ServerConfig.builder().drain(DrainSettings.DEFAULTS.withGoodbye(goodbye)))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				clients.add(server.connect());
				clients.get(i).send(1, "hello").receive();
			}
			server.server().drain();
			assertThat(clients.get(0).receive().text()).isEqualTo("drained 1");
			clients.get(1).awaitClose();
			assertThat(clients.get(2).receive().text()).isEqualTo("drained 3");
			clients.forEach(SocketClient::close);
		}
	}

	@Test
	void noGoodbyeWaitsForOneWhoDoesNotRead() {
		DrainSettings settings = DrainSettings.DEFAULTS
			.withGoodbye((connection, reason) -> message(500, "bye".repeat(20_000)));
		try (TestServer server = TestServer.start(ServerConfig.builder()
			.gracePeriod(Duration.ofMinutes(1))
			.outboundMaxBytes(64 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(Duration.ofSeconds(20))
			.drain(settings)); SocketClient silent = SocketClient.connect(server.server().port(), 4096)) {
			silent.send(1, "hello").receive();
			SendingTests.fill(server.onlyConnection());
			long begun = System.nanoTime();
			server.server().drain();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
			server.server().stop(Duration.ZERO);
		}
	}

	@Test
	void whatTheEndOfTheGracePeriodCutsOffIsNamed() {
		CountDownLatch entered = new CountDownLatch(1);
		ListAppender<ILoggingEvent> lines = capture();
		try (TestServer server = TestServer.start(ServerConfig.builder(), (routes) -> routes.add(7, (request) -> {
			entered.countDown();
			new CountDownLatch(1).await();
		})); SocketClient client = server.connect(); SocketClient other = server.connect()) {
			other.send(1, "hello").receive();
			client.send(7, "");
			Awaitility.await().until(() -> entered.getCount() == 0);
			server.server().stop(Duration.ofMillis(500));
			assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
				.anySatisfy((line) -> assertThat(line).contains("1 connections are closed with work unfinished",
						"message 7 is being handled by ZinxServerApp-worker-",
						TestLink.usual().hasPorts() ? ":" + client.localPort() : "from "))
				.anySatisfy(
						(line) -> assertThat(line).contains("Zinx server stopped: 2 connections closed, 1 of them"));
		}
		finally {
			((Logger) LoggerFactory.getLogger(ServerRun.class.getPackageName())).detachAppender(lines);
		}
	}

	private static ListAppender<ILoggingEvent> capture() {
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		Logger logger = (Logger) LoggerFactory.getLogger(ServerRun.class.getPackageName());
		logger.setLevel(Level.INFO);
		logger.addAppender(lines);
		return lines;
	}

	@Test
	void drainCutsOffWhoHasNotLeftInTime() {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(ServerConfig.builder().gracePeriod(Duration.ofMillis(300)),
				(routes) -> routes.add(7, (request) -> release.await())); SocketClient client = server.connect()) {
			client.send(7, "").send(1, "never handled");
			Awaitility.await().until(() -> server.metrics().messagesIn() == 2);
			server.server().drain();
			client.awaitClose();
			release.countDown();
			server.awaitSize(0);
			assertThat(server.server().phase()).isEqualTo(ServerPhase.DRAINING);
		}
	}

	@Test
	void aServerThatDrainsCanBeStoppedAndStartedAgain() {
		List<ServerPhase> phases = new CopyOnWriteArrayList<>();
		ZinxServer server = new ZinxServer(
				slowToClose(Setup.HASH_NIO, LateRequests.HANDLE, null).host("127.0.0.1").port(0).build());
		server.router(1, (request) -> request.reply(1, request.body()));
		server.onPhase(phases::add);
		server.onPhase((phase) -> {
			throw new IllegalStateException("as the test says");
		});
		assertThat(server.phase()).isEqualTo(ServerPhase.STOPPED);
		assertThat(server.drain()).isFalse();
		assertThat(server.resume()).isFalse();
		server.start();
		try (SocketClient client = SocketClient.connectPlain(server.port())) {
			client.send(1, "hello").receive();
			server.drain();
			server.stop(Duration.ofMillis(500));
			client.awaitClose();
		}
		assertThat(server.phase()).isEqualTo(ServerPhase.STOPPED);
		server.start();
		assertThat(server.phase()).isEqualTo(ServerPhase.RUNNING);
		server.stop(Duration.ZERO);
		assertThat(phases).containsExactly(ServerPhase.RUNNING, ServerPhase.DRAINING, ServerPhase.STOPPED,
				ServerPhase.RUNNING, ServerPhase.DRAINING, ServerPhase.STOPPED);
	}

	@Test
	void listenersHearOfEachChangeOnce() {
		List<ServerPhase> phases = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(ServerConfig.builder())) {
			server.server().onPhase(phases::add);
			assertThat(server.server().drain()).isTrue();
			assertThat(server.server().drain()).isFalse();
			assertThat(server.server().resume()).isTrue();
			assertThat(server.server().resume()).isFalse();
			assertThat(server.server().drain()).isTrue();
		}
		assertThat(phases).containsExactly(ServerPhase.DRAINING, ServerPhase.RUNNING, ServerPhase.DRAINING,
				ServerPhase.STOPPED);
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aServerResumesAtOnceAfterItHasDrainedAndRefusesInBetween(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().eventLoops(1))) {
			int port = server.server().port();
			for (int i = 0; i < 30; i++) {
				assertThat(server.server().drain()).isTrue();
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> SocketClient.connect(port));
				assertThat(server.server().resume()).isTrue();
			}
			try (SocketClient client = server.connect()) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			}
		}
	}

	/**
	 * Clients that keep ten messages on their way, whose answers come from other threads.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoGoesOnSendingWhileAnswersComeLaterLeavesAsSoonAsItsFirstMessagesAreAnswered(Setup setup) throws Exception {
		ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
		Duration gracePeriod = Duration.ofMinutes(2);
		try (TestServer server = TestServer.start(setup.config().gracePeriod(gracePeriod),
				(routes) -> routes.addAsync(2, (request) -> {
					CompletableFuture<String> answer = new CompletableFuture<>();
					byte[] body = request.body();
					answers.schedule(() -> {
						request.reply(2, body);
						answer.complete("");
					}, 500, TimeUnit.MICROSECONDS);
					return answer;
				}))) {
			List<Thread> clients = Stream.generate(() -> goesOnSending(server.connect())).limit(4).toList();
			clients.forEach(Thread::start);
			Awaitility.await().until(() -> server.metrics().messagesOut() > 200);
			long begun = System.nanoTime();
			server.server().drain();
			server.awaitSize(0);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(gracePeriod.dividedBy(4));
			assertThat(server.metrics().closed(CloseReason.DRAINED.tag())).isEqualTo(4);
			for (Thread client : clients) {
				client.join();
			}
		}
		finally {
			answers.shutdownNow();
		}
	}

	private static Thread goesOnSending(SocketClient client) {
		return new Thread(() -> {
			try (client) {
				for (int i = 0; i < 10; i++) {
					client.send(2, "early");
				}
				while (client.receiveOrEnd() != null) {
					client.send(2, "more");
				}
			}
			catch (UncheckedIOException ex) {
				// The server has closed while this was sending.
			}
		});
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void refusalsComeBehindTheRepliesToWhatCameBefore(Setup setup) {
		CountDownLatch release = new CountDownLatch(1);
		whileItStays(slowToClose(setup, LateRequests.REFUSE, REFUSAL),
				(routes) -> routes.addAsync(7, (request) -> CompletableFuture.runAsync(() -> {
					awaitRelease(release);
					request.reply(7, "in time");
				})), (server, client) -> {
					Connection connection = server.onlyConnection();
					client.send(7, "");
					Awaitility.await().until(() -> connection.messagesIn() == 2);
					server.server().drain();
					// Until it is seen that nothing of before is left, messages are
					// handled.
					LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
					client.send(1, "late").send(1, "later");
					Awaitility.await().until(() -> connection.messagesIn() >= 3);
					LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
					assertThat(connection.messagesOut()).isOne();
					release.countDown();
					assertThat(client.receive().text()).isEqualTo("in time");
					assertThat(client.receive().text()).isEqualTo("too late");
					assertThat(client.receive().text()).isEqualTo("too late");
				});
	}

	private static void awaitRelease(CountDownLatch release) {
		try {
			release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aBurstOfLateRequestsIsRefusedInFullToWhoReads(Setup setup) {
		int burst = 10_000;
		Message refusal = message(501, "too late".repeat(200));
		whileItStays(slowToClose(setup, LateRequests.REFUSE, refusal).outboundMaxBytes(256 * 1024),
				(server, client) -> {
					server.server().drain();
					awaitRefusal(client);
					ByteArrayOutputStream all = new ByteArrayOutputStream();
					for (int i = 0; i < burst; i++) {
						all.writeBytes(SocketClient.frame(1, ""));
					}
					Thread writer = new Thread(() -> client.sendRaw(all.toByteArray()));
					writer.start();
					for (int i = 0; i < burst; i++) {
						assertThat(client.receive().msgId()).isEqualTo(refusal.msgId());
					}
					assertThat(server.onlyConnection().isOpen()).isTrue();
				});
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theLastRefusalsReachOneThatSendsNothingMore(Setup setup) {
		whileItStays(slowToClose(setup, LateRequests.REFUSE, REFUSAL), (server, client) -> {
			server.server().drain();
			awaitRefusal(client);
			client.send(1, "a").send(1, "b").send(1, "c").shutdownOutput();
			for (int i = 0; i < 3; i++) {
				assertThat(client.receive().text()).isEqualTo("too late");
			}
			client.awaitClose();
		});
	}

	@Test
	void goesOnDrainingIfSomebodyElseHasTakenThePort() {
		try (TestServer server = TestServer.start(ServerConfig.builder())) {
			server.server().drain();
			ZinxServer other = new ZinxServer(
					ServerConfig.builder().host("127.0.0.1").port(server.server().port()).build());
			other.start();
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(server.server()::resume);
			assertThat(server.server().phase()).isEqualTo(ServerPhase.DRAINING);
			assertThat(server.server().lastBindError()).isNotNull();
			other.stop();
			assertThat(server.server().resume()).isTrue();
			assertThat(server.server().lastBindError()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void refusesToBeDrainedByAHandler(Setup setup) {
		ZinxServer[] holder = new ZinxServer[1];
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			assertThatIllegalStateException().isThrownBy(() -> holder[0].drain());
			request.reply(2, "refused");
		})); SocketClient client = server.connect()) {
			holder[0] = server.server();
			assertThat(client.send(2, "").receive().text()).isEqualTo("refused");
		}
	}

	@Test
	void refusesSettingsThatContradict() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder()
				.gracePeriod(Duration.ofSeconds(1))
				.drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofSeconds(1)))
				.build())
			.withMessage("shutdown.close-window: PT1S (expected: less than shutdown.grace-period, 1s)");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> DrainSettings.DEFAULTS.withLateRequests(LateRequests.REFUSE, null))
			.withMessage("shutdown.refusal.msg-id: null (expected: set with shutdown.late-requests=refuse)");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> DrainSettings.DEFAULTS.withMaxConnAge(Duration.ofHours(1), 0.6))
			.withMessage("max-conn-age-jitter: 0.6 (expected: 0 to 0.5)");
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void tellsWhichHandlersAreLongAtWork(Setup setup) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.add(7, (request) -> release.await())); SocketClient client = server.connect()) {
			assertThat(server.server().runningHandlers()).isEmpty();
			client.send(1, "hello").send(7, "");
			Awaitility.await().until(() -> !server.server().runningHandlers().isEmpty());
			assertThat(server.server().runningHandlers()).singleElement().satisfies((handler) -> {
				assertThat(handler.connId()).isEqualTo(server.onlyConnection().connId());
				assertThat(handler.msgId()).isEqualTo(7);
				assertThat(handler.thread()).contains(setup.laneThread());
				assertThat(handler.forAtLeast()).isPositive();
			});
			if (setup != Setup.BIND_EPOLL) {
				assertThat(server.server().workers()).hasSize(10)
					.anySatisfy((worker) -> assertThat(worker.running()).isNotNull());
			}
			release.countDown();
			Awaitility.await().until(() -> server.server().runningHandlers().isEmpty());
		}
	}

}
