package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiveTimeoutTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration LONG = Duration.ofMinutes(5);

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatDripsAMessageByteByByteIsClosed(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().receive(new ReceiveTimeouts(Duration.ZERO, SHORT)));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThat(client.send(1, "whole").receive().text()).isEqualTo("whole");
			client.sendRaw(new byte[] { 0, 0, 0, 1, 0, 0, 8, 0 });
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				if (connection.isOpen()) {
					client.sendRaw(new byte[] { 1 });
				}
				return !connection.isOpen();
			});
			assertThat(connection.closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("message-timeout")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatSendsNoFirstMessageIsClosedAndOneThatSentOneStays(Setup setup) {
		ReceiveTimeouts timeouts = new ReceiveTimeouts(Duration.ofSeconds(2), Duration.ZERO);
		try (TestServer server = TestServer.start(setup.config().receive(timeouts));
				SocketClient talking = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThat(talking.send(1, "first").receive().text()).isEqualTo("first");
			try (SocketClient silent = server.connect()) {
				silent.awaitClose();
			}
			server.awaitSize(1);
			assertThat(server.metrics().closed("message-timeout")).isEqualTo(1);
			assertThat(connection.isOpen()).isTrue();
			assertThat(talking.send(1, "still").receive().text()).isEqualTo("still");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aMessageThatWaitsForASlowHandlerIsNotLate(Setup setup) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(
				setup.config()
					.workerPoolSize(1)
					.maxWorkerTaskLen(1)
					.receive(new ReceiveTimeouts(LONG, Duration.ofSeconds(1))),
				(routes) -> routes.add(9, (request) -> release.await())); SocketClient client = server.connect()) {
			byte[] last = SocketClient.frame(1, "cut in two");
			client.send(9, "slow").send(1, "second").send(1, "third").sendRaw(new byte[] { last[0] });
			Connection connection = server.onlyConnection();
			Awaitility.await().until(() -> connection.bytesIn() > 0);
			long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
			Awaitility.await().until(() -> System.nanoTime() - end > 0);
			assertThat(connection.isOpen()).isTrue();
			release.countDown();
			assertThat(client.receive().text()).isEqualTo("second");
			assertThat(client.receive().text()).isEqualTo("third");
			Awaitility.await().until(() -> connection.closeReason() == CloseReason.MESSAGE_TIMEOUT);
		}
	}

}
