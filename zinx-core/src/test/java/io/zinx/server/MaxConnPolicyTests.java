package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.message.Message;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MaxConnPolicyTests {

	private static final ConnectionSettings WAIT = ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT);

	@ParameterizedTest
	@EnumSource(Setup.class)
	void everyClientThatWaitsIsServedInItsTurn(Setup setup) throws Exception {
		Occupancy occupancy = new Occupancy();
		ExecutorService threads = Executors.newFixedThreadPool(200);
		try (TestServer server = TestServer.start(setup.config().maxConn(50).connections(WAIT), occupancy)) {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				answers.add(threads.submit(() -> {
					try (SocketClient client = server.connect()) {
						return client.send(1, "served").receive().text();
					}
				}));
			}
			for (Future<String> answer : answers) {
				assertThat(answer.get()).isEqualTo("served");
			}
			server.awaitSize(0);
			assertThat(occupancy.most).hasValueLessThanOrEqualTo(50);
			assertThat(occupancy.started).hasSize(200);
			assertThat(server.metrics().accepted()).isEqualTo(200);
			assertThat(server.metrics().rejected("max-conn")).isZero();
			assertThat(server.connections().waiting()).isZero();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoAsksIsToldOfEachClientThatIsTurnedAway(Setup setup) {
		List<String> rejected = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().maxConn(1)); SocketClient first = served(server)) {
			server.connections().onRejected((address, reason) -> {
				throw new IllegalStateException("a listener that throws breaks nothing");
			});
			server.connections().onRejected((address, reason) -> rejected.add(address + " " + reason));
			try (SocketClient second = server.connect()) {
				second.awaitClose();
				Awaitility.await()
					.untilAsserted(() -> assertThat(rejected)
						.containsExactly("/127.0.0.1:" + second.localPort() + " max-conn"));
			}
			assertThat(first.send(1, "still here").receive().text()).isEqualTo("still here");
			assertThat(server.metrics().rejected("max-conn")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientWaitsInSilenceUntilASlotIsFree(Setup setup) {
		Occupancy occupancy = new Occupancy();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT), occupancy);
				SocketClient first = served(server);
				SocketClient waits = server.connect()) {
			assertThat(first.localPort()).isPositive();
			waits.send(1, "a").send(1, "b");
			Awaitility.await().until(() -> server.connections().waiting() == 1);
			assertThat(server.connections().size()).isEqualTo(1);
			assertThat(occupancy.started).containsExactly(1L);
			server.onlyConnection().close();
			assertThat(waits.receive().text()).isEqualTo("a");
			assertThat(waits.receive().text()).isEqualTo("b");
			assertThat(waits.send(1, "c").receive().text()).isEqualTo("c");
			assertThat(server.connections().waiting()).isZero();
			assertThat(occupancy.started).containsExactlyInAnyOrder(1L, 2L);
			assertThat(occupancy.most).hasValue(1);
		}
	}

	private static SocketClient served(TestServer server) {
		SocketClient client = server.connect();
		client.send(1, "x").receive();
		return client;
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatGoesAwayFreesItsPlace(Setup setup) {
		Occupancy occupancy = new Occupancy();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT), occupancy);
				SocketClient first = server.connect()) {
			first.send(1, "x").receive();
			for (int i = 0; i < 6; i++) {
				try (SocketClient leaves = server.connect()) {
					Awaitility.await().until(() -> server.connections().waiting() == 1);
					if (i % 2 == 0) {
						leaves.reset();
					}
				}
				Awaitility.await().until(() -> server.connections().waiting() == 0);
			}
			try (SocketClient last = server.connect()) {
				Awaitility.await().until(() -> server.connections().waiting() == 1);
				first.reset();
				assertThat(last.send(1, "served").receive().text()).isEqualTo("served");
			}
			server.awaitSize(0);
			assertThat(occupancy.started).containsExactlyInAnyOrder(1L, 2L);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatHasSentAllItHasToSayIsAnsweredAllTheSame(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT));
				SocketClient first = served(server);
				SocketClient waits = server.connect()) {
			assertThat(first.localPort()).isPositive();
			waits.send(1, "a").send(1, "b").shutdownOutput();
			Awaitility.await().until(() -> server.connections().waiting() == 1);
			server.onlyConnection().close();
			assertThat(waits.receive().text()).isEqualTo("a");
			assertThat(waits.receive().text()).isEqualTo("b");
			waits.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoWaitsWhenTheServerStopsIsSentAway(Setup setup) {
		Occupancy occupancy = new Occupancy();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT), occupancy);
				SocketClient first = served(server);
				SocketClient waits = server.connect()) {
			assertThat(first.localPort()).isPositive();
			Awaitility.await().until(() -> server.connections().waiting() == 1);
			server.server().stop();
			waits.awaitClose();
			assertThat(server.connections().waiting()).isZero();
			assertThat(server.connections().size()).isZero();
			assertThat(server.metrics().rejected("server-stopping")).isEqualTo(1);
			assertThat(occupancy.started).containsExactly(1L);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoAsksIsToldOfEachClientThatWaitedForAServerThatStops(Setup setup) {
		List<String> rejected = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT));
				SocketClient first = served(server);
				SocketClient waits = server.connect()) {
			server.connections().onRejected((address, reason) -> rejected.add(address + " " + reason));
			Awaitility.await().until(() -> server.connections().waiting() == 1);
			int port = waits.localPort();
			server.server().stop();
			assertThat(rejected).as("by the end of the stop")
				.containsExactly("/127.0.0.1:" + port + " server-stopping");
			waits.awaitClose();
			first.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aDrainSendsAwayWhoWaitsAndAServerThatResumesLetsOthersWait(Setup setup) {
		List<String> rejected = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(WAIT));
				SocketClient first = served(server);
				SocketClient sentAway = server.connect()) {
			server.connections().onRejected((address, reason) -> rejected.add(reason.tag()));
			Awaitility.await().until(() -> server.connections().waiting() == 1);
			server.server().drain();
			sentAway.awaitClose();
			assertThat(rejected).containsExactly("server-stopping");
			first.awaitClose();
			server.awaitSize(0);
			assertThat(server.server().resume()).isTrue();
			try (SocketClient second = served(server); SocketClient waits = server.connect()) {
				Awaitility.await().until(() -> server.connections().waiting() == 1);
				second.reset();
				assertThat(waits.send(1, "served").receive().text()).isEqualTo("served");
			}
			assertThat(rejected).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatIsRejectedIsToldWhy(Setup setup) {
		ConnectionSettings reject = ConnectionSettings.DEFAULTS
			.withMaxConnReject(new Message(503, "server full".getBytes(StandardCharsets.UTF_8)));
		Occupancy occupancy = new Occupancy();
		try (TestServer server = TestServer.start(setup.config().maxConn(1).connections(reject), occupancy);
				SocketClient first = server.connect()) {
			first.send(1, "x").receive();
			for (int i = 0; i < 50; i++) {
				try (SocketClient rejected = server.connect()) {
					rejected.send(1, "x".repeat(4000));
					SocketClient.Received told = rejected.receive();
					assertThat(told.msgId()).isEqualTo(503);
					assertThat(told.text()).isEqualTo("server full");
					rejected.awaitClose();
				}
			}
			assertThat(server.metrics().rejected("max-conn")).isEqualTo(50);
			assertThat(occupancy.started).containsExactly(1L);
			assertThat(first.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	@Test
	void refusesSettingsThatContradict() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.REJECT_MESSAGE))
			.withMessage("max-conn-reject.msg-id: null (expected: set with max-conn-policy=reject-message)");
		ConnectionSettings tooLong = ConnectionSettings.DEFAULTS.withMaxConnReject(new Message(256, new byte[0]));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder().codec(new HtlvCrcCodec()).connections(tooLong).build())
			.withMessageStartingWith("max-conn-reject.msg-id: 256");
	}

	/**
	 * Who was let in, and how many at most at one time.
	 */
	private static final class Occupancy implements ConnectionListener {

		private final Set<Long> started = ConcurrentHashMap.newKeySet();

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		@Override
		public void onStart(Connection connection) {
			this.started.add(connection.connId());
			this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			this.now.decrementAndGet();
		}

	}

}
