package io.zinx.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void saysWhoIsConnected(Setup setup) {
		Instant before = Instant.now().minusMillis(1);
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			client.send(1, "x").receive();
			Connection connection = server.onlyConnection();
			assertThat(connection.connId()).isEqualTo(1);
			assertThat(((InetSocketAddress) connection.remoteAddress()).getPort()).isEqualTo(client.localPort());
			assertThat(((InetSocketAddress) connection.localAddress()).getPort()).isEqualTo(server.server().port());
			assertThat(connection.openedAt()).isBetween(before, Instant.now());
			assertThat(connection.lastActiveAt()).isBetween(connection.openedAt(), Instant.now());
			assertThat(connection.messagesIn()).isEqualTo(1);
			assertThat(connection.bytesIn()).isEqualTo(9);
			assertThat(connection.messagesOut()).isEqualTo(1);
			assertThat(connection.bytesOut()).isEqualTo(9);
			assertThat(connection.isOpen()).isTrue();
			assertThat(connection.closeReason()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void knowsItsAddressesWhenItIsClosed(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			SocketClient client = server.connect();
			client.send(1, "x").receive();
			Connection connection = server.onlyConnection();
			SocketAddress remote = connection.remoteAddress();
			SocketAddress local = connection.localAddress();
			int port = client.localPort();
			client.close();
			server.awaitSize(0);
			assertThat(connection.remoteAddress()).isEqualTo(remote);
			assertThat(connection.localAddress()).isEqualTo(local);
			assertThat(connection.toString()).endsWith(":" + port);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void keepsProperties(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThat(connection.property("user")).isNull();
			assertThat(connection.setProperty("user", "ann")).isNull();
			assertThat(connection.setProperty("user", "bob")).isEqualTo("ann");
			assertThat(connection.property("user", String.class)).isEqualTo("bob");
			assertThat(connection.propertyNames()).containsExactly("user");
			assertThat(connection.removeProperty("user")).isEqualTo("bob");
			assertThat(connection.propertyNames()).isEmpty();
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void neverUsesANumberTwice(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			for (int i = 1; i <= 3; i++) {
				try (SocketClient client = server.connect()) {
					client.send(1, "x").receive();
					assertThat(server.onlyConnection().connId()).isEqualTo(i);
				}
				server.awaitSize(0);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void admitsExactlyAsManyAsThereAreSlots(Setup setup) throws Exception {
		int clients = 200;
		try (TestServer server = TestServer.start(setup.config().maxConn(50))) {
			List<SocketClient> connected = connectAtOnce(server, clients);
			try {
				Awaitility.await()
					.until(() -> server.metrics().accepted() + server.metrics().rejected("max-conn") == clients);
				assertThat(server.connections().size()).isEqualTo(50);
				assertThat(server.metrics().rejected("max-conn")).isEqualTo(150);
				assertThat(connected.stream().filter(ConnectionTests::isServed).count()).isEqualTo(50);
			}
			finally {
				connected.forEach(SocketClient::close);
			}
			server.awaitSize(0);
			try (SocketClient next = server.connect()) {
				assertThat(next.send(1, "room again").receive().text()).isEqualTo("room again");
			}
		}
	}

	private static boolean isServed(SocketClient client) {
		try {
			client.send(1, "x");
		}
		catch (RuntimeException ex) {
			return false;
		}
		return client.receiveOrEnd() != null;
	}

	private static List<SocketClient> connectAtOnce(TestServer server, int clients) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(clients);
		try {
			CountDownLatch go = new CountDownLatch(1);
			List<Future<SocketClient>> futures = new ArrayList<>();
			for (int i = 0; i < clients; i++) {
				futures.add(threads.submit(() -> {
					go.await();
					return server.connect();
				}));
			}
			go.countDown();
			List<SocketClient> connected = new ArrayList<>();
			for (Future<SocketClient> future : futures) {
				connected.add(future.get());
			}
			return connected;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void callsTheHooksAroundTheMessages(Setup setup) {
		List<String> events = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			events.add("message " + request.bodyAsString());
		}), new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				events.add("start");
				connection.setProperty("user", "ann");
				connection.send(9, "welcome");
			}

			@Override
			public void onStop(Connection connection, CloseReason reason) {
				events.add("stop " + reason + " of " + connection.property("user"));
			}
		})) {
			try (SocketClient client = server.connect()) {
				assertThat(client.receive().text()).isEqualTo("welcome");
				client.send(2, "a").send(2, "b");
			}
			server.awaitSize(0);
			assertThat(events).containsExactly("start", "message a", "message b", "stop peer-closed of ann");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void isStillFoundInOnStopAndForgottenAfterwards(Setup setup) {
		List<Boolean> found = new CopyOnWriteArrayList<>();
		TestServer[] holder = new TestServer[1];
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				found.add(holder[0].connections().get(connection.connId()) == connection);
			}
		})) {
			holder[0] = server;
			server.connect().close();
			Awaitility.await().until(() -> server.metrics().closed("peer-closed") == 1);
			assertThat(found).containsExactly(true);
			assertThat(server.connections().get(1)).isNull();
			assertThat(server.connections().ids()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void closesAConnectionWhoseStartHookThrowsAndNoOther(Setup setup) {
		List<String> stops = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				if (connection.connId() == 2) {
					throw new IllegalStateException("on purpose");
				}
			}

			@Override
			public void onStop(Connection connection, CloseReason reason) {
				stops.add(connection.connId() + " " + reason);
				throw new IllegalStateException("on purpose, too");
			}
		}); SocketClient first = server.connect()) {
			first.send(1, "x").receive();
			try (SocketClient second = server.connect()) {
				second.awaitClose();
			}
			server.awaitSize(1);
			assertThat(stops).containsExactly("2 internal-error");
			assertThat(first.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void readsNothingBeforeTheStartHookHasReturned(Setup setup) throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config(), new ConnectionListener() {
			@Override
			public void onStart(Connection connection) throws Exception {
				entered.countDown();
				release.await();
				connection.send(9, "bytes read: " + connection.bytesIn());
			}
		}); SocketClient client = server.connect()) {
			client.send(1, "early");
			entered.await();
			release.countDown();
			assertThat(client.receive().text()).isEqualTo("bytes read: 0");
			assertThat(client.receive().text()).isEqualTo("early");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void handlesWhatWasSentBeforeThePeerBrokeTheConnection(Setup setup) {
		List<String> handled = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			handled.add(request.bodyAsString());
		})); SocketClient client = server.connect()) {
			client.send(2, "a").send(2, "b");
			Awaitility.await().until(() -> server.metrics().messagesIn() == 2);
			client.reset();
			server.awaitSize(0);
			assertThat(handled).containsExactly("a", "b");
			assertThat(server.metrics().closed("reset")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void closesWithItsOwnReasonWhenAFrameIsTooLong(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().maxPacketSize(100));
				SocketClient client = server.connect()) {
			client.send(1, "good").sendRaw(new byte[] { 0, 0, 0, 1, 0, 0, 0, 101 });
			assertThat(client.receive().text()).isEqualTo("good");
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("frame-too-long")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void kicksEverybody(Setup setup) {
		try (TestServer server = TestServer.start(setup.config());
				SocketClient first = server.connect();
				SocketClient second = server.connect()) {
			server.awaitSize(2);
			server.connections().closeAll(CloseReason.KICKED);
			first.awaitClose();
			second.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("kicked")).isEqualTo(2);
		}
	}

}
