package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.zinx.InvalidSettingException;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.DuplicateRouteException;
import io.zinx.routing.InvalidRouteException;
import io.zinx.testing.SocketClient;
import io.zinx.transport.ServerBindException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ServerLifecycleTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void startsAgainOnTheSamePortWithClientsConnected(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			int port = server.server().port();
			ServerConfig samePort = setup.config().host("127.0.0.1").port(port).build();
			server.server().stop();
			ZinxServer again = new ZinxServer(samePort).router(1, (request) -> request.reply(1, request.body()));
			for (int i = 0; i < 5; i++) {
				again.start();
				try (SocketClient client = SocketClient.connect(port)) {
					assertThat(client.send(1, "round " + i).receive().text()).isEqualTo("round " + i);
					again.stop();
					client.awaitClose();
				}
			}
			assertThat(again.connManager().metrics().closed("server-stopping")).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void startsLeaveNoMoreCountersBehindThanTheFirstAndCountOn(Setup setup) {
		ZinxServer server = new ZinxServer(setup.config().eventLoops(2).host("127.0.0.1").port(0).build()).router(1,
				(request) -> request.reply(1, request.body()));
		ServerMetrics metrics = server.connManager().metrics();
		for (int i = 1; i <= 5; i++) {
			server.start();
			try (SocketClient one = SocketClient.connect(server.port());
					SocketClient other = SocketClient.connect(server.port())) {
				one.send(1, "one").receive();
				other.send(1, "other").receive();
				server.stop();
			}
			assertThat(metrics.messagesIn()).isEqualTo(2L * i);
			assertThat(metrics.messagesOut(1)).isEqualTo(2L * i);
			HandlerCounters handlers = metrics.handlers();
			assertThat(handlers).isNotNull();
			assertThat(handlers.handled(1)).isEqualTo(2L * i);
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(metrics).extracting("traffic.all", InstanceOfAssertFactories.ARRAY).hasSize(1));
		if (setup.laneThread().equals("-io-")) {
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(metrics.handlers()).extracting("stripes.all", InstanceOfAssertFactories.ARRAY)
							.hasSize(1));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void startAndStopMayBeRepeated(Setup setup) {
		ZinxServer server = new ZinxServer(setup.config().port(0).build());
		server.stop();
		server.start();
		int port = server.port();
		server.start();
		assertThat(server.port()).isEqualTo(port);
		assertThat(server.isRunning()).isTrue();
		server.stop();
		server.stop();
		assertThat(server.isRunning()).isFalse();
		assertThat(server.port()).isEqualTo(-1);
		assertThat(server.localAddress()).isNull();
		assertThat(server.startedAt()).isNull();
		assertThat(server.transportKind()).isNull();
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void saysWhichAddressIsTaken(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			int port = server.server().port();
			ZinxServer second = new ZinxServer(setup.config().host("127.0.0.1").port(port).build());
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessageContaining("127.0.0.1:" + port)
				.satisfies((ex) -> assertThat(ex.isPortInUse()).isTrue());
			assertThat(second.isRunning()).isFalse();
			server.server().stop();
			second.start();
			second.stop();
		}
	}

	@Test
	void saysWhichAddressIsNotOfThisMachine() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().host("192.0.2.1").port(0).build());
		assertThatExceptionOfType(ServerBindException.class).isThrownBy(server::start)
			.withMessageContaining("192.0.2.1")
			.satisfies((ex) -> assertThat(ex.isPortInUse()).isFalse());
		ServerConfig unknown = ServerConfig.builder().host("no-such-host.invalid").port(0).build();
		assertThatExceptionOfType(ServerBindException.class).isThrownBy(new ZinxServer(unknown)::start)
			.withMessageContaining("no-such-host.invalid");
	}

	@Test
	void refusesSettingsItCannotWorkWith() {
		assertRefused(ServerConfig.builder().maxConn(0), "max-conn: 0 (expected: 1 or more)");
		assertRefused(ServerConfig.builder().maxPacketSize(-1),
				"max-packet-size: -1 (expected: 1 to 1073741824 bytes)");
		assertRefused(ServerConfig.builder().port(65536), "port: 65536 (expected: 0 to 65535)");
		assertRefused(ServerConfig.builder().backlog(0), "backlog: 0 (expected: 1 or more)");
		assertRefused(ServerConfig.builder().eventLoops(-1), "event-loops: -1 (expected: 0 to 1024)");
		assertRefused(ServerConfig.builder().workerPoolSize(0), "worker-pool-size: 0 (expected: 1 to 4096)");
		assertRefused(ServerConfig.builder().maxWorkerTaskLen(0), "max-worker-task-len: 0 (expected: 1 to 1073741824)");
		assertRefused(ServerConfig.builder().outboundMaxBytes(1),
				"outbound.max-bytes: 1 (expected: 1024 to 1073741824 bytes)");
		assertRefused(ServerConfig.builder().outboundTotalMaxBytes(1),
				"outbound.total-max-bytes: 1 (expected: at least outbound.max-bytes, 1048576 bytes)");
		assertRefused(ServerConfig.builder().flushTimeout(Duration.ofMillis(-1)),
				"outbound.flush-timeout: PT-0.001S (expected: zero to one hour)");
		assertRefused(ServerConfig.builder().gracePeriod(Duration.ofMillis(-1)),
				"shutdown.grace-period: PT-0.001S (expected: zero or more)");
	}

	private static void assertRefused(ServerConfigBuilder builder, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(builder::build).withMessage(message);
	}

	@Test
	void refusesRoutesThatCannotBe() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().port(0).build());
		server.routes().add(7, (request) -> {
		}, "first");
		assertThatExceptionOfType(DuplicateRouteException.class).isThrownBy(() -> server.routes().add(7, (request) -> {
		}, "second")).withMessage("Message 7 has two routers: first and second");
		assertThatExceptionOfType(InvalidRouteException.class).isThrownBy(() -> server.routes().add(-1, (request) -> {
		}, "third")).withMessage("Router third is registered for message -1 (expected: 0 to 4294967295)");
		server.start();
		assertThatIllegalStateException().isThrownBy(() -> server.router(8, (request) -> {
		})).withMessageContaining("too late");
		server.stop();
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void letsWaitingMessagesBeHandledAndAnsweredBeforeItStops(Setup setup) {
		AtomicInteger handled = new AtomicInteger();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1),
				(routes) -> routes.add(3, (request) -> {
					LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
					request.reply(3, "" + handled.incrementAndGet());
				})); SocketClient client = server.connect()) {
			for (int i = 0; i < 100; i++) {
				client.send(3, "");
			}
			Awaitility.await().until(() -> server.metrics().messagesIn() == 100);
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			for (int i = 1; i <= 100; i++) {
				assertThat(client.receive().text()).isEqualTo("" + i);
			}
			client.awaitClose();
			Awaitility.await().until(() -> !stopper.isAlive());
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void callsOnStopOnceForEveryClientWhenItStops(Setup setup) {
		ConcurrentHashMap<Long, Integer> stops = new ConcurrentHashMap<>();
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				assertThat(reason).isEqualTo(CloseReason.SERVER_STOPPING);
				stops.merge(connection.connId(), 1, Integer::sum);
			}
		})) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				clients.add(server.connect());
			}
			server.awaitSize(200);
			server.server().stop();
			assertThat(stops).hasSize(200).allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
			assertThat(server.connections().size()).isZero();
			clients.forEach(SocketClient::awaitClose);
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void stopsAlthoughAHandlerHangsAndCallsOnStopAllTheSame(Setup setup) {
		AtomicInteger stops = new AtomicInteger();
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1), (routes) -> {
			routes.add(3, (request) -> {
				hanging.countDown();
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
					throw ex;
				}
			});
		}, new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				stops.incrementAndGet();
			}
		}); SocketClient client = server.connect(); SocketClient other = server.connect()) {
			client.send(1, "started").receive();
			other.send(1, "started").receive();
			client.send(3, "").send(1, "never handled");
			other.send(1, "x");
			Awaitility.await().until(() -> hanging.getCount() == 0);
			long start = System.nanoTime();
			server.server().stop(Duration.ofMillis(200));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
			assertThat(interrupted.getCount()).isZero();
			assertThat(stops).hasValue(2);
			assertThat(server.connections().size()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aSecondStopCutsTheFirstOneShort(Setup setup) throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(3, (request) -> {
			hanging.countDown();
			new CountDownLatch(1).await();
		})); SocketClient client = server.connect()) {
			client.send(3, "");
			hanging.await();
			Thread patient = new Thread(() -> server.server().stop(Duration.ofMinutes(10)));
			patient.start();
			Awaitility.await().until(() -> server.server().state() == State.STOPPING);
			server.server().stop(Duration.ZERO);
			patient.join();
			assertThat(server.server().isRunning()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void clientsThatConnectWhileItStopsAreClosedToo(Setup setup) throws Exception {
		for (int round = 0; round < 4; round++) {
			try (TestServer server = TestServer.start(setup.config())) {
				int port = server.server().port();
				List<SocketClient> clients = Collections.synchronizedList(new ArrayList<>());
				Thread storm = new Thread(() -> {
					try {
						for (int i = 0; i < 500; i++) {
							clients.add(SocketClient.connect(port));
						}
					}
					catch (RuntimeException ex) {
						// Refused: the server has stopped.
					}
				});
				storm.start();
				Awaitility.await().until(() -> server.connections().size() > 5);
				server.server().stop();
				storm.join();
				assertThat(server.connections().size()).isZero();
				sayHello(clients.get(clients.size() - 1));
				clients.forEach(SocketClient::awaitClose);
				clients.forEach(SocketClient::close);
			}
		}
	}

	/**
	 * Send something on the last connection. If the listening socket was closed while the
	 * last packet of its handshake was on the way, Linux forgets the connection without
	 * saying so, and answers only what is sent next.
	 */
	private static void sayHello(SocketClient last) {
		try {
			last.sendRaw(new byte[1]);
		}
		catch (UncheckedIOException ex) {
			// Closed already.
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anInterruptedThreadStopsInGoodOrderAndStaysInterrupted(Setup setup) throws Exception {
		AtomicInteger stops = new AtomicInteger();
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				stops.incrementAndGet();
			}
		}); SocketClient client = server.connect()) {
			server.awaitSize(1);
			AtomicInteger interrupted = new AtomicInteger();
			Thread stopper = new Thread(() -> {
				Thread.currentThread().interrupt();
				server.server().stop();
				interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
			});
			stopper.start();
			client.awaitClose();
			stopper.join();
			assertThat(interrupted).hasValue(1);
			assertThat(stops).hasValue(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void stopsAlthoughAStopHookHangs(Setup setup) {
		CountDownLatch never = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().flushTimeout(Duration.ofMillis(100)),
				new ConnectionListener() {
					@Override
					public void onStop(Connection connection, CloseReason reason) {
						boolean done = false;
						while (!done) {
							try {
								never.await();
								done = true;
							}
							catch (InterruptedException ex) {
								// A hook that ignores everything.
							}
						}
					}
				}); SocketClient client = server.connect()) {
			server.awaitSize(1);
			long start = System.nanoTime();
			server.server().stop(Duration.ofMillis(100));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
			assertThat(server.server().isRunning()).isFalse();
			client.awaitClose();
			never.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void answersWhatWasReadButHadNoRoomBeforeItStops(Setup setup) {
		int messages = 300;
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).maxWorkerTaskLen(2),
				(routes) -> routes.add(3, (request) -> {
					LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
					request.reply(3, request.body());
				})); SocketClient client = server.connect()) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (int i = 0; i < messages; i++) {
				all.writeBytes(SocketClient.frame(3, "" + i));
			}
			client.sendRaw(all.toByteArray());
			Awaitility.await().until(() -> server.metrics().bytesIn() >= 2048);
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			int next = 0;
			SocketClient.Received received = client.receiveOrEnd();
			while (received != null) {
				assertThat(received.text()).isEqualTo("" + next++);
				received = client.receiveOrEnd();
			}
			assertThat(next).isEqualTo((int) server.metrics().messagesIn()).isGreaterThanOrEqualTo(2048 / 11);
			Awaitility.await().until(() -> !stopper.isAlive());
		}
	}

}
