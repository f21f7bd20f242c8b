package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.zinx.codec.RawCodec;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerTests {

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void aFinishedReplyLeavesAtOnceAlthoughTheNextHandlerBlocks(Setup setup) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).eventLoops(1),
				(routes) -> routes.add(3, (request) -> release.await()));
				SocketClient fast = server.connect();
				SocketClient slow = server.connect()) {
			fast.send(1, "warm").receive();
			slow.send(1, "warm").receive();
			fast.sendRaw(joined(SocketClient.frame(1, "same connection"), SocketClient.frame(3, "")));
			assertThat(fast.receive().text()).isEqualTo("same connection");
			release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void aFinishedReplyLeavesWithinMillisecondsAlthoughTheNextHandlerBlocksForASecond(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).eventLoops(1),
				(routes) -> routes.add(3, (request) -> new CountDownLatch(1).await(1, TimeUnit.SECONDS)));
				SocketClient client = server.connect()) {
			client.send(1, "warm").receive();
			List<Long> millis = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				long start = System.nanoTime();
				client.sendRaw(joined(SocketClient.frame(1, "quick"), SocketClient.frame(3, "")));
				assertThat(client.receive().text()).isEqualTo("quick");
				millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
				client.send(1, "behind the slow one").receive();
			}
			assertThat(millis).as("the best of three, on a machine that may be busy").anyMatch((ms) -> ms < 500);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void aBlockedWorkerDoesNotHoldUpTheOthers(Setup setup) {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(2).eventLoops(1),
				(routes) -> routes.add(3, (request) -> release.await()));
				SocketClient first = server.connect();
				SocketClient second = server.connect()) {
			first.send(3, "");
			assertThat(second.send(1, "other worker").receive().text()).isEqualTo("other worker");
			release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aFullQueuePausesReadingAndDropsNothing(Setup setup) throws Exception {
		Semaphore permits = new Semaphore(0);
		AtomicInteger next = new AtomicInteger();
		List<String> errors = new ArrayList<>();
		int messages = 20_000;
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).maxWorkerTaskLen(16),
				(routes) -> routes.add(4, (request) -> {
					permits.acquire();
					int expected = next.getAndIncrement();
					if (!request.bodyAsString().equals("" + expected)) {
						errors.add(request.bodyAsString() + " instead of " + expected);
					}
				})); SocketClient client = server.connect()) {
			Thread writer = new Thread(() -> {
				for (int i = 0; i < messages; i++) {
					client.send(4, "" + i);
				}
			});
			writer.start();
			Awaitility.await().until(() -> server.server().workerQueueSizes().get(0) >= 15);
			assertThat(server.metrics().messagesIn()).isLessThanOrEqualTo(17);
			permits.release(messages);
			Awaitility.await().until(() -> next.get() == messages);
			writer.join();
			assertThat(errors).isEmpty();
			assertThat(server.server().workerQueueSizes()).containsExactly(0);
		}
	}

	@Test
	void aFullQueueIsSharedByConnectionsAndAllOfThemGoOn() throws Exception {
		Semaphore permits = new Semaphore(0);
		ConcurrentHashMap<Long, Integer> handled = new ConcurrentHashMap<>();
		int each = 500;
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().workerPoolSize(1).maxWorkerTaskLen(8),
				(routes) -> routes.add(4, (request) -> {
					permits.acquire();
					handled.merge(request.connection().connId(), 1, Integer::sum);
				}))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				SocketClient client = server.connect();
				clients.add(client);
				for (int m = 0; m < each; m++) {
					client.send(4, "x");
				}
			}
			Awaitility.await().until(() -> server.server().workerQueueSizes().get(0) >= 7);
			permits.release(10 * each);
			Awaitility.await()
				.untilAsserted(() -> assertThat(handled.values()).hasSize(10).allMatch((count) -> count == each));
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void readsThatWaitForAWorkerKeepTheirOwnBytes(Setup setup) {
		CountDownLatch release = new CountDownLatch(1);
		List<String> handled = new CopyOnWriteArrayList<>();
		List<String> sent = IntStream.range(0, 50).mapToObj((i) -> ("" + (char) ('0' + i)).repeat(1 + i * 7)).toList();
		try (TestServer server = TestServer.start(setup.config().codec(new RawCodec()).workerPoolSize(1),
				(routes) -> routes.add(0, (request) -> {
					release.await();
					handled.add(request.bodyAsString());
				})); SocketClient client = server.connect()) {
			int bytes = 0;
			for (String text : sent) {
				client.sendRaw(text.getBytes(StandardCharsets.UTF_8));
				bytes += text.length();
				long read = bytes;
				Awaitility.await().pollDelay(Duration.ZERO).until(() -> server.metrics().bytesIn() == read);
			}
			release.countDown();
			Awaitility.await().until(() -> String.join("", handled).length() == String.join("", sent).length());
			assertThat(String.join("", handled)).isEqualTo(String.join("", sent));
			assertThat(handled).hasSizeGreaterThanOrEqualTo(sent.size());
		}
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] both = new byte[first.length + second.length];
		System.arraycopy(first, 0, both, 0, first.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

}
