package io.zinx.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.zinx.connection.CloseCallback;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CloseCallbackTests {

	private final List<String> events = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource(Setup.class)
	void callbacksRunInOrderBehindTheStopHooksOnTheLane(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), stopHook("first"), stopHook("second"))) {
			try (SocketClient client = server.connect()) {
				Connection connection = server.onlyConnection();
				connection.onClose(event("a"));
				CloseCallback.Handle taken = connection.onClose(event("never"));
				connection.onClose((ended, reason) -> {
					throw new IllegalStateException("on purpose");
				});
				connection.onClose((ended, reason) -> this.events
					.add("found " + (server.connections().get(ended.connId()) == ended)));
				connection.onClose(event("b"));
				assertThat(taken.remove()).isTrue();
				assertThat(taken.remove()).isFalse();
				client.send(1, "x").receive();
			}
			server.awaitSize(0);
			assertThat(this.events).containsExactly("hook first", "hook second", "a peer-closed", "found true",
					"b peer-closed");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void callbacksRunOnTheLaneAlsoWithoutListeners(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			try (SocketClient client = server.connect()) {
				server.onlyConnection()
					.onClose((connection, reason) -> this.events.add(Thread.currentThread().getName()));
				client.send(1, "x").receive();
			}
			server.awaitSize(0);
			assertThat(this.events).singleElement().asString().contains(setup.laneThread());
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatIsRegisteredWhileClosingRunsWithTheOthersAndOneThatComesLaterAtOnce(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				connection.onClose(event("from the hook"));
			}
		})) {
			Connection connection;
			try (SocketClient client = server.connect()) {
				connection = server.onlyConnection();
				connection.onClose((ended, reason) -> ended.onClose(event("from a callback")));
				client.send(1, "x").receive();
			}
			server.awaitSize(0);
			assertThat(this.events).containsExactly("from the hook peer-closed", "from a callback peer-closed");
			CloseCallback.Handle late = connection.onClose(event("late"));
			assertThat(this.events).last().isEqualTo("late peer-closed");
			assertThat(late.remove()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withoutAnyCallbackAConnectionThatHasEndedStillTakesOne(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			Connection connection;
			try (SocketClient client = server.connect()) {
				connection = server.onlyConnection();
				client.send(1, "x").receive();
			}
			server.awaitSize(0);
			connection.onClose(event("late"));
			connection.onClose((ended, reason) -> {
				throw new IllegalStateException("on purpose");
			});
			assertThat(this.events).containsExactly("late peer-closed");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void callbacksRunAlsoWhereTheWorkerIsStuckAndOnStartWasNeverCalled(Setup setup) throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1).gracePeriod(Duration.ZERO),
				new ConnectionListener() {
					@Override
					public void onStart(Connection connection) {
						if (connection.connId() == 1) {
							stuck.countDown();
							awaitIgnoringInterrupts(release);
						}
					}

					@Override
					public void onStop(Connection connection, CloseReason reason) {
						CloseCallbackTests.this.events.add("hook " + connection.connId());
					}
				}); SocketClient first = server.connect()) {
			stuck.await();
			try (SocketClient second = server.connect()) {
				server.awaitSize(2);
				for (long id : server.connections().ids()) {
					Connection connection = server.connections().get(id);
					assertThat(connection).isNotNull();
					connection.onClose((ended, reason) -> this.events.add("callback " + ended.connId() + " " + reason));
				}
				server.server().stop();
				assertThat(this.events).containsExactlyInAnyOrder("hook 1", "callback 1 server-stopping",
						"callback 2 server-stopping");
				assertThat(List.of(first, second)).hasSize(2);
			}
			finally {
				release.countDown();
			}
		}
	}

	private static void awaitIgnoringInterrupts(CountDownLatch latch) {
		boolean released = false;
		while (!released) {
			try {
				latch.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// A hook that ignores the interrupt is what this is about.
			}
		}
	}

	private CloseCallback event(String name) {
		return (connection, reason) -> this.events.add(name + " " + reason);
	}

	private ConnectionListener stopHook(String name) {
		return new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				CloseCallbackTests.this.events.add("hook " + name);
			}
		};
	}

}
