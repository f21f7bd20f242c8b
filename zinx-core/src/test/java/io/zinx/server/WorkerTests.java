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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.codec.RawCodec;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerTests {

	private static final Duration TRYING = Duration.ofSeconds(15);

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

	/**
	 * The slow handler, which would hold the replies up for half a second, ends when they
	 * have come. The best of some tries counts, because the machine may be busy.
	 */
	@ParameterizedTest
	@MethodSource("batches")
	void finishedRepliesLeaveWithinTwoMillisecondsAlthoughTheNextHandlerBlocks(Setup setup, int batch)
			throws Exception {
		AtomicLong handled = new AtomicLong();
		Semaphore received = new Semaphore(0);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).eventLoops(1), (routes) -> {
			routes.add(2, (request) -> {
				request.reply(2, request.body());
				handled.set(System.nanoTime());
			});
			routes.add(3, (request) -> received.tryAcquire(500, TimeUnit.MILLISECONDS));
		}); SocketClient client = server.connect()) {
			long start = System.nanoTime();
			long best = Long.MAX_VALUE;
			while (best > 2000 && System.nanoTime() - start < TRYING.toNanos()) {
				client.sendRaw(joined(quick(batch), SocketClient.frame(3, "")));
				for (int i = 0; i < batch; i++) {
					client.receive();
				}
				best = Math.min(best, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - handled.get()));
				received.release();
				client.send(1, "behind the slow one").receive();
				received.drainPermits();
			}
			assertThat(best).as("microseconds").isLessThanOrEqualTo(2000);
		}
	}

	static Stream<Arguments> batches() {
		return Stream.of(Setup.HASH_EPOLL, Setup.HASH_NIO, Setup.BIND_EPOLL)
			.flatMap((setup) -> Stream.of(1, 2, 63, 64, 65, 300).map((batch) -> Arguments.of(setup, batch)));
	}

	private static byte[] quick(int count) {
		byte[] frame = SocketClient.frame(2, "quick");
		byte[] all = new byte[count * frame.length];
		for (int i = 0; i < count; i++) {
			System.arraycopy(frame, 0, all, i * frame.length, frame.length);
		}
		return all;
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
