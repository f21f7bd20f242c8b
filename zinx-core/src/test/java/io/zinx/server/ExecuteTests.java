package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.testing.Repetitions;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExecuteTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void runsATaskBehindTheMessageThatIsBeingHandled(Setup setup) throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			handling.countDown();
			release.await();
			request.reply(2, "message");
		})); SocketClient client = server.connect()) {
			client.send(2, "");
			handling.await();
			Connection connection = server.onlyConnection();
			assertThat(connection.execute(() -> connection.send(3, "task"))).isTrue();
			release.countDown();
			assertThat(client.receive().text()).isEqualTo("message");
			assertThat(client.receive().text()).isEqualTo("task");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void runsATaskOfARouterBehindTheRouterAndOnItsThread(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			Thread thread = Thread.currentThread();
			request.connection()
				.execute(() -> request.reply(3, "task, same thread: " + (Thread.currentThread() == thread)));
			request.reply(2, "message");
		})); SocketClient client = server.connect()) {
			client.send(2, "");
			assertThat(client.receive().text()).isEqualTo("message");
			assertThat(client.receive().text()).startsWith("task");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void tasksFromManyThreadsNeverMeetMessagesAndKeepTheirOrder(Setup setup) throws Exception {
		int each = 2000;
		AtomicBoolean inside = new AtomicBoolean();
		AtomicInteger meetings = new AtomicInteger();
		int[] next = new int[4];
		List<String> disorder = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config().maxWorkerTaskLen(100_000),
				(routes) -> routes.add(2, (request) -> alone(inside, meetings, () -> {
				}))); SocketClient client = server.connect()) {
			client.send(1, "begun").receive();
			Connection connection = server.onlyConnection();
			List<Thread> threads = new ArrayList<>();
			for (int t = 0; t < next.length; t++) {
				int thread = t;
				threads.add(new Thread(() -> {
					for (int i = 0; i < each; i++) {
						int number = i;
						connection.execute(() -> alone(inside, meetings, () -> {
							if (next[thread]++ != number) {
								disorder.add(thread + ": " + number);
							}
						}));
					}
				}));
			}
			threads.forEach(Thread::start);
			for (int i = 0; i < each; i++) {
				client.send(2, "");
			}
			for (Thread thread : threads) {
				thread.join();
			}
			client.send(1, "last").receive();
			Awaitility.await().until(() -> next[0] + next[1] + next[2] + next[3] == each * next.length);
			assertThat(meetings).hasValue(0);
			assertThat(disorder).isEmpty();
		}
	}

	private static void alone(AtomicBoolean inside, AtomicInteger meetings, Runnable action) {
		if (!inside.compareAndSet(false, true)) {
			meetings.incrementAndGet();
		}
		action.run();
		inside.set(false);
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void refusesTasksWhenTooManyWait(Setup setup) throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger run = new AtomicInteger();
		try (TestServer server = TestServer.start(setup.config().maxWorkerTaskLen(4),
				(routes) -> routes.add(2, (request) -> {
					handling.countDown();
					release.await();
				})); SocketClient client = server.connect()) {
			client.send(2, "");
			handling.await();
			Connection connection = server.onlyConnection();
			for (int i = 0; i < 4; i++) {
				assertThat(connection.execute(run::incrementAndGet)).isTrue();
			}
			assertThat(connection.execute(run::incrementAndGet)).isFalse();
			release.countDown();
			Awaitility.await().until(() -> run.get() == 4);
			assertThat(connection.execute(run::incrementAndGet)).isTrue();
			Awaitility.await().until(() -> run.get() == 5);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aTaskThatThrowsCountsAsAFailureAndTheConnectionGoesOn(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			client.send(1, "begun").receive();
			server.onlyConnection().execute(() -> {
				throw new IllegalStateException("on purpose");
			});
			assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
			Awaitility.await().until(() -> server.metrics().handlerFailures() == 1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aTaskThatGivesItselfToTheLaneAgainKeepsNobodyWaiting(Setup setup) {
		AtomicBoolean enough = new AtomicBoolean();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).eventLoops(1));
				SocketClient client = server.connect()) {
			client.send(1, "begun").receive();
			Connection connection = server.onlyConnection();
			connection.execute(new Runnable() {
				@Override
				public void run() {
					if (!enough.get()) {
						connection.execute(this);
					}
				}
			});
			assertThat(client.send(1, "same connection").receive().text()).isEqualTo("same connection");
			try (SocketClient other = server.connect()) {
				assertThat(other.send(1, "other").receive().text()).isEqualTo("other");
			}
			enough.set(true);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatWasTakenRunsBeforeOnStopAndWhatWasRefusedNever(Setup setup) throws Exception {
		int rounds = Repetitions.of(20);
		AtomicInteger taken = new AtomicInteger();
		AtomicInteger run = new AtomicInteger();
		AtomicInteger afterStop = new AtomicInteger();
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				connection.setProperty("stopped", true);
			}
		};
		try (TestServer server = TestServer.start(setup.config(), listener)) {
			for (int i = 0; i < rounds; i++) {
				SocketClient client = server.connect();
				client.send(1, "begun").receive();
				Connection connection = server.onlyConnection();
				Thread executor = new Thread(() -> {
					while (server.connections().size() > 0) {
						if (connection.execute(() -> {
							run.incrementAndGet();
							if (connection.property("stopped") != null) {
								afterStop.incrementAndGet();
							}
						})) {
							taken.incrementAndGet();
						}
					}
				});
				executor.start();
				client.close();
				executor.join();
			}
			assertThat(afterStop).hasValue(0);
			assertThat(run.get()).isEqualTo(taken.get()).isPositive();
		}
	}

}
