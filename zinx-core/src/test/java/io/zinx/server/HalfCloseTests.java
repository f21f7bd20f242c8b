package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that say that they send nothing more while the worker has no room for what they
 * have sent.
 */
class HalfCloseTests {

	private static final int CLIENTS = 5;

	private static final int REQUESTS = 10;

	/** What fills the worker, the message that is being handled included. */
	private static final int FILLING = 1025;

	private static final byte[] BODY = new byte[4000];

	/**
	 * Leak detection notes each access to a buffer, and a masked WebSocket frame is
	 * changed in small pieces.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void everyRequestBeforeTheEndIsHandledHoweverBusyTheWorkerIs(Setup setup) {
		Semaphore gate = new Semaphore(0);
		ServerConfigBuilder config = setup.config().eventLoops(1).workerPoolSize(1).inboundMaxBytes(16 << 20);
		try (TestServer server = TestServer.start(config, (routes) -> {
			routes.add(2, (request) -> gate.acquire());
			routes.add(3, (request) -> request.reply(3, "handled"));
		})) {
			SocketClient filler = server.connect().send(2, "");
			for (int i = 1; i < FILLING; i++) {
				filler.sendRaw(SocketClient.frame(4, BODY));
			}
			Connection filling = server.onlyConnection();
			Awaitility.await().atMost(PATIENCE).until(() -> filling.messagesIn() == FILLING);
			List<SocketClient> clients = IntStream.range(0, CLIENTS).mapToObj((i) -> server.connect()).toList();
			clients.forEach(HalfCloseTests::sendAll);
			server.awaitSize(CLIENTS + 1);
			awaitHangUps(server, setup);
			gate.release();
			for (SocketClient client : clients) {
				for (int i = 0; i < REQUESTS; i++) {
					assertThat(client.receive().text()).isEqualTo("handled");
				}
				client.awaitClose();
			}
			filler.close();
			clients.forEach(SocketClient::close);
		}
	}

	/**
	 * Send all requests at once, so that the first read finds more than it can take.
	 */
	private static void sendAll(SocketClient client) {
		ByteArrayOutputStream requests = new ByteArrayOutputStream();
		for (int i = 0; i < REQUESTS; i++) {
			requests.writeBytes(SocketClient.frame(3, BODY));
		}
		client.sendRaw(requests.toByteArray());
		client.shutdownOutput();
	}

	/**
	 * With epoll a connection that is not read is read once more when the peer hangs up.
	 */
	private static void awaitHangUps(TestServer server, Setup setup) {
		int read = TestLink.usual().isEncrypted() ? BODY.length : 8 * 1024;
		long awaited = (setup == Setup.HASH_EPOLL) ? 2 * read : read;
		Awaitility.await()
			.untilAsserted(() -> server.connections()
				.forEach((connection) -> assertThat(connection.bytesIn()).isGreaterThanOrEqualTo(awaited)));
	}

}
