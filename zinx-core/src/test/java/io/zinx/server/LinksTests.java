package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendResult;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.message.Message;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The life of a connection is the same whatever is between its socket and its messages.
 * All setups with {@code -Dzinx.proof.setups=true}, else one.
 */
class LinksTests {

	private static final Message GOODBYE = new Message(500, "bye".getBytes(StandardCharsets.UTF_8));

	static Stream<Arguments> links() {
		List<Setup> setups = Boolean.getBoolean("zinx.proof.setups") ? List.of(Setup.values())
				: List.of(Setup.HASH_EPOLL);
		return Stream.of(TestLink.values())
			.flatMap((link) -> setups.stream().map((setup) -> Arguments.of(link, setup)));
	}

	private static TestServer start(TestLink link, ServerConfigBuilder config, ConnectionListener... listeners) {
		return TestServer.start(link, config, (routes) -> routes.add(3, (request) -> {
			LockSupport.parkNanos(Duration.ofMillis(Long.parseLong(request.bodyAsString())).toNanos());
			request.reply(3, request.body());
		}), listeners);
	}

	private static SocketClient connect(TestLink link, TestServer server) {
		return SocketClient.connect(server.server().port(), 0, link);
	}

	@ParameterizedTest
	@MethodSource("links")
	void aDrainAnswersWhatWasSentBeforeAndSaysGoodbye(TestLink link, Setup setup) {
		try (TestServer server = start(link, setup.config().goodbye(GOODBYE).workerPoolSize(1).maxWorkerTaskLen(4));
				SocketClient client = connect(link, server)) {
			client.send(1, "hello").receive();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(SocketClient.frame(3, "200"));
			for (int i = 0; i < 500; i++) {
				all.writeBytes(SocketClient.frame(1, "" + i));
			}
			client.sendRaw(all.toByteArray());
			assertThat(server.server().drain()).isTrue();
			StringBuilder answers = new StringBuilder();
			int goodbyes = 0;
			for (int i = 0; i < 502; i++) {
				SocketClient.Received received = client.receive();
				if (received.msgId() == 500) {
					goodbyes++;
				}
				else {
					answers.append(received.text()).append(' ');
				}
			}
			assertThat(goodbyes).isOne();
			assertThat(answers).startsWith("200 0 1 2 ").endsWith(" 498 499 ");
			client.awaitClose();
			Awaitility.await().until(() -> server.metrics().closed(CloseReason.DRAINED.tag()) == 1);
			assertThat(server.server().resume()).isTrue();
			try (SocketClient next = connect(link, server)) {
				assertThat(next.send(1, "again").receive().text()).isEqualTo("again");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void aSlowConsumerIsClosed(TestLink link, Setup setup) {
		try (TestServer server = start(link, setup.config().outboundMaxBytes(64 * 1024));
				SocketClient client = SocketClient.connect(server.server().port(), 4096, link)) {
			Connection connection = server.onlyConnection();
			byte[] body = new byte[1024];
			SendResult result = SendResult.ACCEPTED;
			for (int i = 0; i < 100_000 && result == SendResult.ACCEPTED; i++) {
				result = connection.send(5, body);
			}
			assertThat(result).isEqualTo(SendResult.OVERFLOW);
			server.awaitSize(0);
			assertThat(server.metrics().closed(CloseReason.SLOW_CONSUMER.tag())).isOne();
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void aClientThatHasEndedItsInputGetsItsAnswers(TestLink link, Setup setup) {
		try (TestServer server = start(link, setup.config()); SocketClient client = connect(link, server)) {
			client.send(3, "100").send(1, "last").shutdownOutput();
			assertThat(client.receive().text()).isEqualTo("100");
			assertThat(client.receive().text()).isEqualTo("last");
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed(CloseReason.PEER_CLOSED.tag())).isOne();
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void aSilentClientIsClosedAndOneThatAnswersHeartbeatsIsNot(TestLink link, Setup setup) {
		HeartbeatSettings heartbeat = HeartbeatSettings.builder(HeartbeatMode.SEND)
			.interval(Duration.ofMillis(200))
			.timeout(Duration.ofMillis(800))
			.build();
		try (TestServer server = start(link, setup.config().heartbeat(heartbeat));
				SocketClient silent = connect(link, server);
				SocketClient alive = connect(link, server)) {
			server.awaitSize(2);
			while (server.metrics().closed(CloseReason.HEARTBEAT_MISSED.tag()) == 0) {
				assertThat(alive.receive().msgId()).isEqualTo(heartbeat.msgId());
				alive.send(1, "alive");
				while (alive.receive().msgId() != 1) {
					assertThat(server.metrics().closed(CloseReason.HEARTBEAT_MISSED.tag())).isLessThan(2);
				}
			}
			assertThat(server.connections().size()).isOne();
			assertThat(silent.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void aClientThatIsKickedHearsTheLastWord(TestLink link, Setup setup) {
		try (TestServer server = start(link, setup.config()); SocketClient client = connect(link, server)) {
			client.send(1, "hello").receive();
			server.onlyConnection().close(CloseReason.KICKED, GOODBYE);
			assertThat(client.receive().text()).isEqualTo("bye");
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed(CloseReason.KICKED.tag())).isOne();
		}
	}

	@ParameterizedTest
	@MethodSource("links")
	void aTraceShowsMessagesAndNothingOfTheLink(TestLink link, Setup setup) {
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.list = new CopyOnWriteArrayList<>();
		lines.start();
		Logger logger = (Logger) LoggerFactory.getLogger("io.zinx.trace");
		logger.setLevel(Level.INFO);
		logger.addAppender(lines);
		try (TestServer server = start(link, setup.config()); SocketClient client = connect(link, server)) {
			client.send(1, "hello").receive();
			assertThat(server.server().trace(server.onlyConnection().connId(), Duration.ofMinutes(1))).isTrue();
			Awaitility.await().until(() -> !lines.list.isEmpty());
			client.send(1, "traced").receive();
			String frame = "0000000100000006747261636564";
			Awaitility.await().until(() -> lines.list.size() >= 3);
			assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
				.anyMatch((line) -> line.contains(" in 14 bytes: " + frame))
				.anyMatch((line) -> line.contains(" out 14 bytes: " + frame));
		}
		finally {
			logger.detachAppender(lines);
			logger.setLevel(null);
		}
	}

}
