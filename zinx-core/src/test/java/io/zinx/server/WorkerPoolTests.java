package io.zinx.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.zinx.connection.ConnectionRegistry;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.Repetitions;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers are not bound to threads: what must hold all the same.
 */
class WorkerPoolTests {

	private static final int WORKERS = 3;

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aWorkerAnswersWhicheverOthersAreHeldUpAndOnWhicheverThreads(Setup setup) {
		Semaphore permits = new Semaphore(0);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(WORKERS), (routes) -> {
			routes.add(3, (request) -> {
				permits.acquire();
				request.reply(3, "was held up");
			});
		})) {
			List<SocketClient> clients = clients(server, WORKERS);
			for (int round = 0; round < 300; round++) {
				SocketClient free = clients.get(round % WORKERS);
				List<SocketClient> held = clients.stream().filter((client) -> client != free).toList();
				clients.forEach((client) -> client.send(1, "whoever comes first"));
				held.forEach((client) -> client.send(3, ""));
				for (int i = 0; i < 3; i++) {
					free.send(1, "free");
				}
				assertThat(free.receive().text()).isEqualTo("whoever comes first");
				for (int i = 0; i < 3; i++) {
					assertThat(free.receive().text()).isEqualTo("free");
				}
				permits.release(held.size());
				for (SocketClient client : held) {
					assertThat(client.receive().text()).isEqualTo("whoever comes first");
					assertThat(client.receive().text()).isEqualTo("was held up");
				}
			}
			clients.forEach(SocketClient::close);
		}
	}

	/**
	 * Clients leave so that those who come do not get their event loops in turn.
	 */
	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void theConnectionsOfAWorkerHaveTheSameEventLoopIfWorkersCanBeDividedAmongThem(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(4).eventLoops(2), (routes) -> {
		})) {
			Map<Long, Set<LoopOutbox>> loops = new HashMap<>();
			for (int round = 0; round < 5; round++) {
				List<SocketClient> clients = clients(server, 1 + 2 * round);
				clients.forEach((client) -> client.send(1, "").receive());
				ConnectionRegistry.of(server.connections())
					.forEach((connection) -> loops.computeIfAbsent(connection.connId() % 4, (worker) -> new HashSet<>())
						.add(connection.outbox()));
				clients.forEach(SocketClient::close);
				server.awaitSize(0);
			}
			assertThat(loops).hasSize(4).allSatisfy((worker, itsLoops) -> assertThat(itsLoops).hasSize(1));
			assertThat(loops.get(0L)).isNotEqualTo(loops.get(1L));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aWorkerHandlesOneMessageAtATime(Setup setup) {
		AtomicIntegerArray inside = new AtomicIntegerArray(WORKERS);
		AtomicLong together = new AtomicLong();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(WORKERS).eventLoops(2), (routes) -> {
			routes.add(2, (request) -> {
				int worker = (int) (request.connection().connId() % WORKERS);
				if (inside.incrementAndGet(worker) > 1) {
					together.incrementAndGet();
				}
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3) * 1000L);
				inside.decrementAndGet(worker);
				request.reply(2, "");
			});
		})) {
			List<SocketClient> clients = clients(server, 3 * WORKERS);
			for (int round = 0; round < 150; round++) {
				for (SocketClient client : clients) {
					client.send(2, "");
					client.send(2, "");
				}
				for (SocketClient client : clients) {
					client.receive();
					client.receive();
				}
			}
			assertThat(together).hasValue(0);
			clients.forEach(SocketClient::close);
		}
	}

	/**
	 * Each thread waits for its task before it brings the next, so that the one worker of
	 * all falls idle again and again while others bring something.
	 */
	@Test
	void whatComesWhileTheWorkerFallsIdleIsHandledToo() throws Exception {
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().workerPoolSize(1), (routes) -> {
		})) {
			List<SocketClient> clients = clients(server, 3);
			clients.forEach((client) -> client.send(1, "").receive());
			List<CompletableFuture<Void>> callers = new ArrayList<>();
			int each = Repetitions.of(6_000);
			server.connections().forEach((connection) -> callers.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < each; i++) {
					AtomicBoolean done = new AtomicBoolean();
					connection.execute(() -> done.set(true));
					while (!done.get() && !Thread.currentThread().isInterrupted()) {
						Thread.onSpinWait();
					}
				}
			}, (task) -> new Thread(task).start())));
			CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
			clients.forEach(SocketClient::close);
		}
	}

	private static List<SocketClient> clients(TestServer server, int count) {
		return new ArrayList<>(IntStream.range(0, count).mapToObj((i) -> server.connect()).toList());
	}

}
