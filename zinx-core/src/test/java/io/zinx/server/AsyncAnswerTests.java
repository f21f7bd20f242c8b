package io.zinx.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncAnswerTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void laterMessagesAndTasksWaitForTheAnswerAndOtherConnectionsDoNot(Setup setup) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).eventLoops(1),
				(routes) -> routes.addAsync(2, (request) -> answer.thenAccept((text) -> request.reply(2, text))));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			client.send(2, "").send(1, "behind");
			Awaitility.await().until(() -> server.metrics().messagesIn() >= 1);
			try (SocketClient other = server.connect()) {
				assertThat(other.send(1, "other").receive().text()).isEqualTo("other");
			}
			assertThat(connection.execute(() -> connection.send(3, "task"))).isTrue();
			assertThat(connection.messagesOut()).isZero();
			answer.complete("answer");
			assertThat(client.receive().text()).isEqualTo("answer");
			assertThat(List.of(client.receive().text(), client.receive().text())).containsExactlyInAnyOrder("behind",
					"task");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void thousandsOfAnswersThatComeLaterKeepTheirOrder(Setup setup) throws Exception {
		int messages = 3000;
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.addAsync(2, (request) -> {
			byte[] body = request.body();
			return (body.length % 3 == 0) ? CompletableFuture.completedFuture(request.reply(2, body))
					: CompletableFuture.runAsync(() -> request.reply(2, body), ForkJoinPool.commonPool());
		})); SocketClient client = server.connect()) {
			Thread writer = new Thread(() -> {
				for (int i = 0; i < messages; i++) {
					client.send(1 + i % 2, "" + i);
				}
			});
			writer.start();
			for (int i = 0; i < messages; i++) {
				assertThat(client.receive().text()).isEqualTo("" + i);
			}
			writer.join();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anAnswerThatFailsCountsOnceAndTheConnectionGoesOn(Setup setup) {
		CompletableFuture<Void> answer = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.addAsync(2, (request) -> answer);
			routes.addAsync(3, (request) -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
		}); SocketClient client = server.connect()) {
			client.send(2, "").send(1, "still there");
			answer.completeExceptionally(new IllegalStateException("on purpose"));
			assertThat(client.receive().text()).isEqualTo("still there");
			assertThat(server.metrics().handlerFailures()).isEqualTo(1);
			client.send(3, "");
			assertThat(client.send(1, "and now").receive().text()).isEqualTo("and now");
			assertThat(server.metrics().handlerFailures()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anAnswerThatDoesNotComeInTimeCountsAsAFailure(Setup setup) {
		CompletableFuture<Void> never = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config().asyncTimeout(Duration.ofMillis(50)),
				(routes) -> routes.addAsync(2, (request) -> never)); SocketClient client = server.connect()) {
			assertThat(client.send(2, "").send(1, "goes on").receive().text()).isEqualTo("goes on");
			assertThat(server.metrics().handlerFailures()).isEqualTo(1);
			never.complete(null);
			assertThat(client.send(1, "still").receive().text()).isEqualTo("still");
			assertThat(server.metrics().handlerFailures()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoAsksIsToldOfAnswersThatDoNotComeInTimeOrBeforeTheServerStops(Setup setup) throws Exception {
		BlockingQueue<String> told = new LinkedBlockingQueue<>();
		ServerConfigBuilder config = setup.config().asyncTimeout(Duration.ofMillis(500));
		try (TestServer server = TestServer.start(config,
				(routes) -> routes.addAsync(2, (request) -> new CompletableFuture<>()).interceptor((request, chain) -> {
					chain.onHandled((failure) -> told.add(request.msgId() + ": " + failure));
					chain.proceed(request);
				})); SocketClient client = server.connect()) {
			client.send(2, "").send(1, "goes on").receive();
			Awaitility.await()
				.untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("1: null",
						"2: java.util.concurrent.TimeoutException: No answer within PT0.5S"));
		}
		told.clear();
		CountDownLatch asked = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.addAsync(2, (request) -> {
			asked.countDown();
			return new CompletableFuture<>();
		}).interceptor((request, chain) -> {
			chain.onHandled((failure) -> told.add("" + failure));
			chain.proceed(request);
		})); SocketClient client = server.connect()) {
			client.send(2, "");
			asked.await();
			server.server().stop(Duration.ofMillis(100));
			assertThat(told).containsExactly("java.util.concurrent.TimeoutException: The server has stopped");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void onStopComesBehindTheAnswerWhoeverCloses(Setup setup) throws Exception {
		List<String> events = new CopyOnWriteArrayList<>();
		for (boolean byPeer : new boolean[] { true, false }) {
			events.clear();
			CompletableFuture<Void> answer = new CompletableFuture<>();
			CountDownLatch asked = new CountDownLatch(1);
			ConnectionListener listener = new ConnectionListener() {
				@Override
				public void onStop(Connection connection, CloseReason reason) {
					events.add("stop");
				}
			};
			try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.addAsync(2, (request) -> {
				asked.countDown();
				return answer.thenRun(() -> events.add("answer"));
			}), listener); SocketClient client = server.connect()) {
				Connection connection = server.onlyConnection();
				client.send(2, "");
				asked.await();
				if (byPeer) {
					client.reset();
				}
				else {
					connection.close();
					client.awaitClose();
				}
				Awaitility.await().until(() -> !connection.isOpen());
				assertThat(connection.execute(() -> events.add("task"))).isTrue();
				assertThat(events).isEmpty();
				answer.complete(null);
				server.awaitSize(0);
				assertThat(events).containsExactly("answer", "task", "stop");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopWaitsForTheAnswerAsLongAsTheGracePeriodLasts(Setup setup) {
		AtomicInteger stops = new AtomicInteger();
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				stops.incrementAndGet();
			}
		};
		CompletableFuture<String> answer = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.addAsync(2, (request) -> answer.thenAccept((text) -> request.reply(2, text))),
				listener); SocketClient client = server.connect()) {
			client.send(2, "");
			Awaitility.await().until(() -> server.metrics().messagesIn() == 1);
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			Awaitility.await().until(() -> !server.server().isRunning());
			answer.complete("in time");
			assertThat(client.receive().text()).isEqualTo("in time");
			client.awaitClose();
			Awaitility.await().until(() -> !stopper.isAlive());
			assertThat(stops).hasValue(1);
		}
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.addAsync(2, (request) -> new CompletableFuture<>()), listener);
				SocketClient client = server.connect()) {
			client.send(2, "");
			Awaitility.await().until(() -> server.metrics().messagesIn() == 1);
			server.server().stop(Duration.ofMillis(100));
			assertThat(stops).hasValue(2);
			assertThat(server.connections().size()).isZero();
		}
	}

}
