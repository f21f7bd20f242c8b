package io.zinx.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.admission.ConnectionSettings;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.Group;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys, groups and searches over real sockets.
 */
class SessionTests {

	@Test
	void findsConnectionsByWhatTheyAre() {
		try (TestServer server = TestServer.start(ServerConfig.builder());
				SocketClient a = server.connect();
				SocketClient b = server.connect();
				SocketClient c = server.connect()) {
			server.awaitSize(3);
			for (long id : server.connections().ids()) {
				connection(server, id).setProperty("room", id % 2);
			}
			assertThat(server.connections().findByProperty("room", 1L)).extracting(Connection::connId)
				.containsExactlyInAnyOrder(1L, 3L);
			assertThat(server.connections().findByProperty("floor", 1L)).isEmpty();
			assertThat(server.connections().find((connection) -> connection.connId() > 1)).hasSize(2);
			int[] seen = new int[1];
			assertThat(server.connections().forEachWhile((connection) -> ++seen[0] < 2)).isFalse();
			assertThat(seen[0]).isEqualTo(2);
			assertThat(server.connections().forEachWhile((connection) -> true)).isTrue();
			assertThat(List.of(a, b, c)).hasSize(3);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aSecondLoginReplacesTheFirst(Setup setup) {
		List<String> stops = new CopyOnWriteArrayList<>();
		try (TestServer server = startWithLogin(setup.config(), stops);
				SocketClient old = server.connect();
				SocketClient young = server.connect()) {
			assertThat(old.send(2, "ann").receive().text()).isEqualTo("BOUND");
			assertThat(young.send(2, "ann").receive().text()).isEqualTo("BOUND");
			old.awaitClose();
			server.awaitSize(1);
			assertThat(server.metrics().closed("replaced")).isEqualTo(1);
			assertThat(stops).containsExactly("replaced [ann] [all] held by another");
			Connection ann = server.connections().byKey("ann");
			assertThat(ann).isSameAs(server.onlyConnection());
			assertThat(young.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theFirstLoginMayKeepTheSecondOut(Setup setup) {
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withDuplicateLogin(DuplicateLogin.REJECT_NEW);
		try (TestServer server = startWithLogin(setup.config().connections(settings), new CopyOnWriteArrayList<>());
				SocketClient young = server.connect()) {
			try (SocketClient old = server.connect()) {
				assertThat(old.send(2, "ann").receive().text()).isEqualTo("BOUND");
				assertThat(young.send(2, "ann").receive().text()).isEqualTo("REJECTED");
			}
			server.awaitSize(1);
			assertThat(young.send(2, "ann").receive().text()).isEqualTo("BOUND");
			Connection connection = server.onlyConnection();
			assertThat(connection.bind("second device", DuplicateLogin.ALLOW)).isEqualTo(BindResult.BOUND);
			assertThat(connection.keys()).containsExactlyInAnyOrder("ann", "second device");
			assertThat(connection.unbind("second device")).isTrue();
			assertThat(server.connections().byKey("second device")).isNull();
			assertThat(server.connections().allByKey("ann")).containsExactly(connection);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aKeyIsFreeBeforeTheStopHookHasRun(Setup setup) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch stopping = new CountDownLatch(1);
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withDuplicateLogin(DuplicateLogin.REJECT_NEW);
		try (TestServer server = TestServer.start(setup.config().eventLoops(2).connections(settings),
				new ConnectionListener() {
					@Override
					public void onStop(Connection connection, CloseReason reason) throws Exception {
						stopping.countDown();
						release.await(10, TimeUnit.SECONDS);
					}
				})) {
			SocketClient old = server.connect();
			Connection ann = server.onlyConnection();
			try (SocketClient young = server.connect()) {
				server.awaitSize(2);
				ann.bind("ann");
				server.connections().group("lobby").join(ann);
				old.close();
				stopping.await();
				assertThat(server.connections().byKey("ann")).isNull();
				assertThat(server.connections().groups()).isEmpty();
				assertThat(connection(server, 2).bind("ann")).isEqualTo(BindResult.BOUND);
				assertThat(young.localPort()).isPositive();
			}
			finally {
				release.countDown();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void connectionsLeaveTheirGroupsWhenTheyEnd(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient stays = server.connect()) {
			Connection first = server.onlyConnection();
			Group lobby = server.connections().group("lobby");
			assertThat(lobby.join(first)).isTrue();
			assertThat(lobby.join(first)).isFalse();
			try (SocketClient goes = server.connect()) {
				server.awaitSize(2);
				assertThat(lobby.join(connection(server, 2))).isTrue();
				assertThat(lobby.members()).hasSize(2);
				assertThat(goes.localPort()).isPositive();
			}
			Awaitility.await().until(() -> lobby.size() == 1);
			assertThat(lobby.contains(first)).isTrue();
			assertThat(lobby.members()).containsExactly(first);
			assertThat(first.groups()).containsExactly("lobby");
			assertThat(server.connections().groups()).isEqualTo(Set.of("lobby"));
			assertThat(lobby.leave(first)).isTrue();
			assertThat(lobby.leave(first)).isFalse();
			assertThat(server.connections().groups()).isEmpty();
			assertThat(stays.localPort()).isPositive();
		}
	}

	@Test
	void refusesAConnectionOfAnotherServer() {
		try (TestServer server = TestServer.start(ServerConfig.builder());
				TestServer other = TestServer.start(ServerConfig.builder());
				SocketClient client = other.connect()) {
			Group lobby = server.connections().group("lobby");
			Connection stranger = other.onlyConnection();
			assertThatIllegalArgumentException().isThrownBy(() -> lobby.join(stranger))
				.withMessageContaining("not a connection of this server");
			assertThat(client.localPort()).isPositive();
		}
	}

	private static TestServer startWithLogin(ServerConfigBuilder config, List<String> stops) {
		TestServer[] holder = new TestServer[1];
		holder[0] = TestServer.start(config, (routes) -> routes.add(2, (request) -> {
			Connection connection = request.connection();
			BindResult result = connection.bind(request.bodyAsString());
			holder[0].connections().group("all").join(connection);
			request.reply(2, result.name());
		}), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				Connection holding = holder[0].connections().byKey("ann");
				stops.add(reason + " " + connection.keys() + " " + connection.groups() + " held by "
						+ ((holding != null && holding != connection) ? "another" : "nobody else"));
			}
		});
		return holder[0];
	}

	private static Connection connection(TestServer server, long connId) {
		Connection connection = server.connections().get(connId);
		assertThat(connection).isNotNull();
		return connection;
	}

}
