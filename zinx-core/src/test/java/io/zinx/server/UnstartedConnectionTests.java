package io.zinx.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendResult;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that are admitted and known while {@code onStart} of another one holds
 * their worker.
 */
class UnstartedConnectionTests {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final List<String> events = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aBroadcastReachesThem(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1), new SlowStart());
				SocketClient starting = server.connect()) {
			this.begun.await();
			try (SocketClient waiting = server.connect()) {
				server.awaitSize(2);
				assertThat(server.connections().broadcast(5, "all")).isEqualTo(new BroadcastResult(2, 0, 0, 0));
				assertThat(connection(server, 2).send(5, "you")).isEqualTo(SendResult.ACCEPTED);
				assertThat(starting.receive().text()).isEqualTo("all");
				assertThat(waiting.receive().text()).isEqualTo("all");
				assertThat(waiting.receive().text()).isEqualTo("you");
				assertThat(this.events).isEmpty();
				this.release.countDown();
				assertThat(waiting.send(1, "echo").receive().text()).isEqualTo("echo");
				assertThat(this.events).containsExactly("start 1", "start 2");
			}
		}
		finally {
			this.release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void theyAreClosedLikeAnyOther(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1), new SlowStart());
				SocketClient starting = server.connect()) {
			this.begun.await();
			try (SocketClient waiting = server.connect()) {
				server.awaitSize(2);
				Connection connection = connection(server, 2);
				connection.send(5, "goodbye");
				connection.close(CloseReason.KICKED);
				assertThat(waiting.receive().text()).isEqualTo("goodbye");
				waiting.awaitClose();
				assertThat(this.events).isEmpty();
				assertThat(connection.closeReason()).isEqualTo(CloseReason.KICKED);
			}
			this.release.countDown();
			server.awaitSize(1);
			assertThat(starting.send(1, "echo").receive().text()).isEqualTo("echo");
			assertThat(this.events.stream().filter("start 2"::equals).count())
				.isEqualTo(this.events.stream().filter("stop 2"::equals).count());
		}
		finally {
			this.release.countDown();
		}
	}

	private static Connection connection(TestServer server, long connId) {
		Connection connection = server.connections().get(connId);
		assertThat(connection).isNotNull();
		return connection;
	}

	private final class SlowStart implements ConnectionListener {

		@Override
		public void onStart(Connection connection) throws Exception {
			UnstartedConnectionTests.this.begun.countDown();
			UnstartedConnectionTests.this.release.await();
			UnstartedConnectionTests.this.events.add("start " + connection.connId());
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			UnstartedConnectionTests.this.events.add("stop " + connection.connId());
		}

	}

}
