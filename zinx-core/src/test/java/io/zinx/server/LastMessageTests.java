package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.zinx.admission.ConnectionSettings;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.Repetitions;
import io.zinx.testing.SocketClient;
import io.zinx.testing.SocketClient.Received;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last message to a client that is thrown out or replaced.
 */
class LastMessageTests {

	private static final Message KICK = message(201, "thrown out");

	private static final Message REPLACED = message(202, "logged in elsewhere");

	private static Message message(long msgId, String text) {
		return new Message(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	private static TestServer start(ServerConfigBuilder config, @Nullable Message kick, @Nullable Message replaced) {
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withLastMessages(kick, replaced);
		return start(config.connections(settings));
	}

	/**
	 * Message 2 is a login, message 3 throws everybody out.
	 */
	private static TestServer start(ServerConfigBuilder config) {
		return TestServer.start(config, (routes) -> {
			routes.add(2, (request) -> request.reply(2, request.connection().bind(request.bodyAsString()).toString()));
			routes.add(3, (request) -> request.connection().close(CloseReason.KICKED));
		});
	}

	private static void login(SocketClient client) {
		assertThat(client.send(2, "ann").receive().text()).isEqualTo("BOUND");
	}

	private static void assertLast(SocketClient client, long msgId, String text) {
		Received last = client.receive();
		assertThat(last.msgId()).isEqualTo(msgId);
		assertThat(last.text()).isEqualTo(text);
		assertThat(client.receiveOrEnd()).isNull();
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoIsReplacedByANewerLoginHearsSo(Setup setup) {
		try (TestServer server = start(setup.config(), KICK, REPLACED);
				SocketClient old = server.connect();
				SocketClient young = server.connect()) {
			login(old);
			Connection replaced = server.connections().byKey("ann");
			assertThat(replaced).isNotNull();
			login(young);
			assertLast(old, 202, "logged in elsewhere");
			assertThat(replaced.closeReason()).isEqualTo(CloseReason.REPLACED);
			assertThat(CloseReason.REPLACED.reconnect()).as("comes back by itself").isFalse();
			server.awaitSize(1);
			assertThat(server.metrics().closed("replaced")).isOne();
			assertThat(server.metrics().closed("kicked")).isZero();
			assertThat(young.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoIsKickedHearsSoWhoeverKicks(Setup setup) {
		try (TestServer server = start(setup.config(), KICK, REPLACED)) {
			try (SocketClient byHandler = server.connect()) {
				byHandler.send(3, "");
				assertLast(byHandler, 201, "thrown out");
			}
			server.awaitSize(0);
			try (SocketClient byThread = server.connect()) {
				login(byThread);
				server.onlyConnection().close(CloseReason.KICKED);
				assertLast(byThread, 201, "thrown out");
			}
			server.awaitSize(0);
			try (SocketClient withAll = server.connect()) {
				login(withAll);
				server.connections().closeAll(CloseReason.KICKED);
				assertLast(withAll, 201, "thrown out");
			}
			server.awaitSize(0);
			assertThat(server.metrics().closed("kicked")).isEqualTo(3);
		}
	}

	@Test
	void whoIsReplacedHearsTheSameAsWhoIsKickedUnlessThatIsSet() {
		try (TestServer server = start(ServerConfig.builder(), KICK, null);
				SocketClient old = server.connect();
				SocketClient young = server.connect()) {
			login(old);
			login(young);
			assertLast(old, 201, "thrown out");
		}
	}

	@Test
	void whoLeavesForAnotherReasonHearsNothing() {
		try (TestServer server = start(ServerConfig.builder(), KICK, REPLACED);
				SocketClient client = server.connect()) {
			login(client);
			server.onlyConnection().close();
			assertThat(client.receiveOrEnd()).isNull();
		}
	}

	@Test
	void aMessageThatIsSaidWithTheKickTakesThePlaceOfTheOther() {
		try (TestServer server = start(ServerConfig.builder(), KICK, REPLACED);
				SocketClient client = server.connect()) {
			login(client);
			server.onlyConnection().close(CloseReason.KICKED, message(9, "no cheating"));
			assertLast(client, 9, "no cheating");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aGoodbyeIsAskedInsteadAndOnceForEach(Setup setup) {
		List<String> asked = new CopyOnWriteArrayList<>();
		Goodbye goodbye = (connection, reason) -> {
			asked.add(reason + " " + connection.keys() + " " + connection.isOpen());
			return (reason == CloseReason.REPLACED) ? message(7, "replaced by a newer one") : null;
		};
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withLastMessages(KICK, REPLACED);
		try (TestServer server = start(
				setup.config().connections(settings).drain(DrainSettings.DEFAULTS.withGoodbye(goodbye)));
				SocketClient old = server.connect();
				SocketClient young = server.connect()) {
			login(old);
			login(young);
			assertLast(old, 7, "replaced by a newer one");
			server.awaitSize(1);
			server.onlyConnection().close(CloseReason.KICKED);
			assertThat(young.receiveOrEnd()).as("no goodbye is wanted").isNull();
			server.awaitSize(0);
			assertThat(asked).containsExactly("replaced [ann] false", "kicked [ann] false");
		}
	}

	@Test
	void aGoodbyeThatThrowsCostsNothingButItself() {
		Goodbye goodbye = (connection, reason) -> {
			throw new IllegalStateException("on purpose");
		};
		try (CapturedLog log = new CapturedLog(DrainMessages.class);
				TestServer server = start(ServerConfig.builder().drain(DrainSettings.DEFAULTS.withGoodbye(goodbye)));
				SocketClient old = server.connect();
				SocketClient young = server.connect()) {
			login(old);
			login(young);
			assertThat(old.receiveOrEnd()).isNull();
			server.awaitSize(1);
			assertThat(server.metrics().handlerFailures()).isZero();
			assertThat(log.thrown()).containsExactly("java.lang.IllegalStateException: on purpose");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void itIsTheLastOneAndTheOnlyOneWhoeverSendsAndKicksMeanwhile(Setup setup) throws Exception {
		int rounds = Repetitions.of(4);
		for (int round = 0; round < rounds; round++) {
			try (TestServer server = start(setup.config(), KICK, null); SocketClient client = server.connect()) {
				login(client);
				Connection connection = server.onlyConnection();
				List<Thread> threads = List.of(new Thread(() -> sendUntilRefused(connection)),
						new Thread(() -> connection.close(CloseReason.KICKED)),
						new Thread(() -> connection.close(CloseReason.KICKED)));
				threads.forEach(Thread::start);
				List<Long> heard = new ArrayList<>();
				for (Received next = client.receiveOrEnd(); next != null; next = client.receiveOrEnd()) {
					heard.add(next.msgId());
				}
				assertThat(heard).endsWith(201L);
				assertThat(heard).filteredOn((msgId) -> msgId == 201).hasSize(1);
				for (Thread thread : threads) {
					thread.join();
				}
			}
		}
	}

	private static void sendUntilRefused(Connection connection) {
		boolean more = true;
		while (more) {
			more = connection.bytesQueued() > 64 * 1024 || connection.send(5, "news").isAccepted();
		}
	}

}
