package io.zinx.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.zinx.connection.Connection;
import io.zinx.inbound.InboundStatus;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory held for messages that wait for a handler that does not return.
 */
class InboundMemoryTests {

	private static final int MAX = 64 * 1024;

	/** The most that one read brings, and what is counted for its messages besides. */
	private static final int READ = 80 * 1024;

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void aConnectionHoldsNoMoreThanItMayAndOneReadAndLosesNothing(Setup setup) {
		Semaphore gate = new Semaphore(0);
		List<Integer> handled = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().inboundMaxBytes(MAX), (routes) -> {
			routes.add(2, (request) -> gate.acquire());
			routes.add(3, (request) -> handled.add(request.bodyLength()));
		}); SocketClient client = server.connect().send(2, "")) {
			int messages = 1000;
			for (int i = 0; i < messages; i++) {
				client.sendRaw(SocketClient.frame(3, new byte[1000 + i]));
			}
			Awaitility.await().until(() -> server.server().inbound().paused() == 1);
			assertThat(server.server().inbound().bytes()).isBetween((long) MAX, (long) MAX + READ);
			assertThat(server.onlyConnection().bytesIn()).isLessThan(MAX + READ);
			gate.release();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() == messages);
			assertThat(handled).isEqualTo(IntStream.range(1000, 1000 + messages).boxed().toList());
			Awaitility.await().until(() -> server.server().inbound().equals(InboundStatus.NOTHING));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BIND_EPOLL" })
	void tinyMessagesThatWaitTakeLittleMemory(Setup setup) {
		int clients = 10;
		long large = 10;
		int messages = 100;
		Semaphore gate = new Semaphore(0);
		try (TestServer server = TestServer.start(setup.config().eventLoops(1).inboundTotalMaxBytes(1 << 20),
				(routes) -> routes.add(2, (request) -> gate.acquire()))) {
			List<SocketClient> waiting = IntStream.range(0, clients).mapToObj((i) -> server.connect()).toList();
			server.awaitSize(clients);
			for (long i = 1; i <= large; i++) {
				waiting.forEach((client) -> client.send(2, "x".repeat(4000)));
				awaitReceived(server, clients * i);
			}
			long before = usedMemory();
			for (int i = 1; i <= messages; i++) {
				waiting.forEach((client) -> client.send(2, ""));
				awaitReceived(server, clients * (large + i));
			}
			assertThat(usedMemory() - before).isLessThan(4 * 1024 * 1024);
			assertThat(server.server().inbound().bytes()).isBetween(clients * large * 4000L, 1L << 20);
			gate.release((int) (clients * (large + messages)));
			Awaitility.await().until(() -> server.server().inbound().equals(InboundStatus.NOTHING));
			waiting.forEach(SocketClient::close);
		}
	}

	private static void awaitReceived(TestServer server, long messages) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> server.metrics().messagesIn() == messages);
	}

	private static long usedMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "BIND_EPOLL" })
	void whoDoesNotReadItsRepliesHoldsNoMoreThanItMay(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().inboundMaxBytes(MAX),
				(routes) -> routes.add(2, (request) -> request.reply(2, new byte[300_000])));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			for (int i = 0; i < 5000; i++) {
				client.send(2, "x".repeat(100));
			}
			Connection connection = server.onlyConnection();
			Awaitility.await().until(() -> !connection.isWritable());
			assertThat(server.server().inbound().bytes()).isLessThan(MAX + READ);
			connection.close();
			Awaitility.await().until(() -> server.server().inbound().equals(InboundStatus.NOTHING));
		}
	}

}
