package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Execution;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.Repetitions;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aRouterRunsWhereItWantsAndAllElseWhereTheModeSays(Setup setup) {
		Map<String, String> threads = new ConcurrentHashMap<>();
		Router router = (request) -> {
			threads.put("message " + request.msgId(), Thread.currentThread().getName());
			request.reply(request.msgId(), "");
		};
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				threads.put("onStart", Thread.currentThread().getName());
			}
		};
		try (TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.add(10, router, "default");
			routes.add(11, router, "loop", Execution.EVENT_LOOP);
			routes.group(12, 12).add(12, router, "worker", Execution.WORKER);
			routes.range(13, 20, router, "own thread", Execution.VIRTUAL_THREAD);
			routes.fallback(router, "fallback", Execution.EVENT_LOOP);
		}, listener); SocketClient client = server.connect()) {
			for (long msgId : new long[] { 10, 11, 12, 13, 99 }) {
				client.send(msgId, "").receive();
			}
			CompletableFuture<String> task = new CompletableFuture<>();
			server.onlyConnection().execute(() -> task.complete(Thread.currentThread().getName()));
			String home = threads.getOrDefault("message 10", "");
			assertThat(home).contains(switch (setup) {
				case HASH_EPOLL, HASH_NIO -> "-worker-";
				case LOOP_EPOLL, LOOP_NIO -> "-io-";
				case BIND_EPOLL -> "-conn-";
			});
			// In mode hash one thread reads, and runs workers.
			String loop = home.contains("-worker-") ? "-worker-" : "-io-";
			assertThat(threads.get("message 11")).contains(loop);
			assertThat(threads.get("message 12")).contains("-worker-");
			assertThat(threads.get("message 13")).contains("-conn-");
			assertThat(threads.get("message 99")).contains(loop);
			assertThat(withoutNumber(threads.getOrDefault("onStart", ""))).isEqualTo(withoutNumber(home));
			assertThat(withoutNumber(task.join())).isEqualTo(withoutNumber(home));
		}
	}

	private static String withoutNumber(String name) {
		return name.replaceAll("\\d+$", "");
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void messagesOfOneConnectionKeepTheirOrderThroughEveryMixOfThreads(Setup setup) throws Exception {
		int messages = Repetitions.of(800);
		Order order = new Order();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(3).eventLoops(2), order::register,
				order)) {
			List<SocketClient> clients = new ArrayList<>();
			List<Thread> writers = new ArrayList<>();
			for (int c = 0; c < 4; c++) {
				SocketClient client = server.connect();
				clients.add(client);
				Thread writer = new Thread(() -> {
					for (int i = 0; i < messages; i++) {
						client.send(10 + (i * 31 + i / 7) % 7, "" + i);
					}
				});
				writer.start();
				writers.add(writer);
			}
			for (SocketClient client : clients) {
				for (int i = 0; i < messages; i++) {
					assertThat(client.receive().text()).isEqualTo("" + i);
				}
			}
			for (Thread writer : writers) {
				writer.join();
			}
			clients.forEach(SocketClient::close);
			server.awaitSize(0);
			assertThat(order.errors).isEmpty();
			assertThat(order.stopped).hasValue(4);
			assertThat(order.executed).hasPositiveValue();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aLaneThatWasIdleIsWokenWhereItsNextMessageWants(Setup setup) {
		Router echo = (request) -> request.reply(request.msgId(), request);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(2).eventLoops(1), (routes) -> {
			routes.add(11, echo, "loop", Execution.EVENT_LOOP);
			routes.add(12, echo, "worker", Execution.WORKER);
			routes.add(13, echo, "own thread", Execution.VIRTUAL_THREAD);
		}); SocketClient client = server.connect()) {
			int rounds = Repetitions.of(1000);
			for (int i = 0; i < rounds; i++) {
				long first = 11L + i % 3;
				long second = 11L + (i / 3) % 3;
				client.send(first, "" + i);
				if (i % 2 == 0) {
					assertThat(client.receive().msgId()).isEqualTo(first);
					client.send(second, "" + i);
				}
				else {
					client.send(second, "" + i);
					assertThat(client.receive().msgId()).isEqualTo(first);
				}
				assertThat(client.receive().msgId()).isEqualTo(second);
			}
		}
	}

	/**
	 * Notes what is inside a lane while something else is.
	 */
	private static final class Order implements ConnectionListener {

		private final Queue<String> errors = new ConcurrentLinkedQueue<>();

		private final Map<Long, AtomicInteger> next = new ConcurrentHashMap<>();

		private final Map<Long, String> inside = new ConcurrentHashMap<>();

		private final AtomicInteger executed = new AtomicInteger();

		private final AtomicInteger stopped = new AtomicInteger();

		void register(RouteRegistry routes) {
			routes.add(10, this::handle, "default");
			routes.add(11, this::handle, "loop", Execution.EVENT_LOOP);
			routes.add(12, this::handle, "worker", Execution.WORKER);
			routes.add(13, this::handle, "own thread", Execution.VIRTUAL_THREAD);
			routes.add(14, this::handleLater, "later, loop", Execution.EVENT_LOOP);
			routes.add(15, this::handleLater, "later, own thread", Execution.VIRTUAL_THREAD);
			routes.add(16, this::handleAndExecute, "executes", Execution.WORKER);
		}

		private void handle(Request request) {
			begin(request);
			request.reply(1, request.body());
			leave(request.connection());
		}

		private void begin(Request request) {
			enter(request.connection(), "message " + request.bodyAsString());
			int expected = this.next.computeIfAbsent(request.connection().connId(), (id) -> new AtomicInteger(-1))
				.getAndIncrement();
			if (!request.bodyAsString().equals("" + expected)) {
				this.errors.add(request.bodyAsString() + " instead of " + expected);
			}
		}

		private void handleLater(Request request) {
			begin(request);
			byte[] body = request.body();
			request.answerLater(CompletableFuture.runAsync(() -> {
				request.reply(1, body);
				leave(request.connection());
			}, ForkJoinPool.commonPool()));
		}

		private void handleAndExecute(Request request) {
			handle(request);
			Connection connection = request.connection();
			ForkJoinPool.commonPool().execute(() -> connection.execute(() -> {
				enter(connection, "task");
				this.executed.incrementAndGet();
				leave(connection);
			}));
		}

		private void enter(Connection connection, String what) {
			String other = this.inside.putIfAbsent(connection.connId(), what);
			if (other != null) {
				this.errors.add(what + " while " + other + " is inside");
			}
		}

		private void leave(Connection connection) {
			this.inside.remove(connection.connId());
		}

		@Override
		public void onStart(Connection connection) {
			enter(connection, "onStart");
			this.next.put(connection.connId(), new AtomicInteger());
			leave(connection);
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			enter(connection, "onStop");
			this.stopped.incrementAndGet();
			leave(connection);
		}

	}

	@Test
	void aRouterThatBlocksOnAThreadOfItsOwnHoldsUpNobodyInModeEventLoop() {
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(Setup.LOOP_EPOLL.config().eventLoops(1),
				(routes) -> routes.add(3, (request) -> {
					release.await();
					request.reply(3, "released");
				}, "blocks", Execution.VIRTUAL_THREAD));
				SocketClient blocked = server.connect();
				SocketClient other = server.connect()) {
			blocked.send(3, "").send(1, "behind");
			assertThat(other.send(1, "other").receive().text()).isEqualTo("other");
			assertThat(server.connections().size()).isEqualTo(2);
			release.countDown();
			assertThat(blocked.receive().text()).isEqualTo("released");
			assertThat(blocked.receive().text()).isEqualTo("behind");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopWaitsForRoutersWhereverTheyRun(Setup setup) throws Exception {
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch release = new CountDownLatch(1);
		Router blocking = (request) -> {
			begun.countDown();
			release.await();
			request.reply(1, "done");
		};
		TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.add(3, blocking, "worker", Execution.WORKER);
			routes.add(4, blocking, "own thread", Execution.VIRTUAL_THREAD);
		});
		try (SocketClient first = server.connect(); SocketClient second = server.connect()) {
			first.send(3, "");
			second.send(4, "");
			begun.await();
			Thread stop = new Thread(server::close);
			stop.start();
			Awaitility.await().until(() -> stop.getState() != Thread.State.NEW);
			release.countDown();
			assertThat(first.receive().text()).isEqualTo("done");
			assertThat(second.receive().text()).isEqualTo("done");
			stop.join();
		}
	}

}
