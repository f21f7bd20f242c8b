package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.routing.Middlewares;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlowConsumerTests {

	/** What Netty adds to the bytes that wait for its own records of them. */
	private static final int NETTY_RECORDS = 1024;

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatReadsNothingIsClosedWhenTheBoundIsReached(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().outboundMaxBytes(64 * 1024));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			byte[] body = new byte[1024];
			SendResult result = SendResult.ACCEPTED;
			for (int i = 0; i < 100_000 && result == SendResult.ACCEPTED; i++) {
				result = connection.send(5, body);
				assertThat(connection.bytesQueued()).isLessThanOrEqualTo(64 * 1024 + NETTY_RECORDS);
			}
			assertThat(result).isEqualTo(SendResult.OVERFLOW);
			assertThat(connection.send(5, body)).isEqualTo(SendResult.CLOSED);
			server.awaitSize(0);
			assertThat(server.metrics().closed("slow-consumer")).isEqualTo(1);
			assertThat(client.localPort()).isNotNegative();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatAsksFasterThanItReadsIsSlowedAndLosesNothing(Setup setup) throws Exception {
		int messages = 1000;
		try (TestServer server = TestServer.start(
				setup.config().outboundMaxBytes(64 * 1024).socketBuffers(0, SocketClient.SEND_BUFFER),
				(routes) -> routes.add(6, (request) -> request.reply(6, request.body())));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			Echoes.fasterThanTheyAreRead(server, client, 6, messages);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aClientThatAsksAndNeverReadsTakesNoRoomFromOthers(Setup setup) throws Exception {
		try (TestServer server = TestServer
			.start(setup.config().outboundMaxBytes(64 * 1024).workerPoolSize(1).maxWorkerTaskLen(64));
				SocketClient silent = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			Thread writer = new Thread(() -> {
				try {
					for (int i = 0; i < 20_000; i++) {
						silent.send(1, "x".repeat(4000));
					}
				}
				catch (RuntimeException ex) {
					// The test ends while this one still writes.
				}
			});
			writer.start();
			Awaitility.await().until(() -> connection.bytesQueued() > 16 * 1024);
			try (SocketClient other = server.connect()) {
				for (int i = 0; i < 1000; i++) {
					assertThat(other.send(1, "unharmed " + i).receive().text()).isEqualTo("unharmed " + i);
				}
			}
			assertThat(connection.isOpen()).isTrue();
			silent.reset();
			writer.join();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aMessageOverTheBoundIsNotSentAndClosesNothing(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().outboundMaxBytes(2048));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThat(connection.send(5, new byte[2048])).isEqualTo(SendResult.UNSENDABLE);
			assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	/**
	 * The client waits for it in vain, so nobody may take that for a success.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void aReplyThatCanNeverBeSentIsAFailureOfItsRouter(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().outboundMaxBytes(2048), (routes) -> {
			routes.add(2, (request) -> request.reply(2, new byte[2048]));
			routes.add(3, (request) -> request.reply(3, "x".repeat(2048)));
			routes.add(4, "recovered", Middlewares.recovery(), (request) -> request.reply(4, new byte[2048]));
			routes.addAsync(5, (request) -> {
				Request copy = request.copy();
				return CompletableFuture.runAsync(() -> copy.reply(5, new byte[2048]));
			});
		}); SocketClient client = server.connect()) {
			for (long msgId = 2; msgId <= 5; msgId++) {
				client.send(msgId, "");
			}
			assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
			assertThat(server.metrics().handlerFailures()).isEqualTo(4);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatHoldsMuchOfTheTotalIsClosedAndOthersAreNot(Setup setup) {
		try (TestServer server = TestServer
			.start(setup.config().outboundMaxBytes(1 << 20).outboundTotalMaxBytes(1 << 20));
				SocketClient silent = SocketClient.connect(server.server().port(), 4096)) {
			Connection first = server.onlyConnection();
			try (SocketClient silentToo = SocketClient.connect(server.server().port(), 4096)) {
				server.awaitSize(2);
				Connection second = server.connections().page(first.connId(), 1).get(0);
				byte[] body = new byte[16 * 1024];
				for (int i = 0; i < 10_000 && first.isOpen() && second.isOpen(); i++) {
					first.send(5, body);
					second.send(5, body);
				}
				assertThat(first.isOpen() && second.isOpen()).isFalse();
				try (SocketClient reader = server.connect()) {
					assertThat(reader.send(1, "unharmed").receive().text()).isEqualTo("unharmed");
				}
				assertThat(silent.localPort() + silentToo.localPort()).isPositive();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void closingAConnectionThatReadsNothingIsBounded(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().flushTimeout(Duration.ofMillis(300)));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			while (connection.bytesQueued() < 100 * 1024) {
				connection.send(5, new byte[1024]);
			}
			connection.close();
			server.awaitSize(0);
			assertThat(client.localPort()).isNotNegative();
		}
	}

}
