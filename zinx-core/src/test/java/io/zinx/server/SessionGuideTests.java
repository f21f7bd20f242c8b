package io.zinx.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseCallback;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.Group;
import io.zinx.routing.RouteRegistry;
import io.zinx.session.BindResult;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of {@code docs/sessions.md} is part of this class: a chat with rooms.
 */
class SessionGuideTests {

	private static final int SAID = Chat.SAID;

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "server", "SessionGuideTests.java");
		assertThat(Guide.examples("sessions.md")).hasSize(3).allMatch((example) -> Guide.contains(source, example));
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aChatWithRooms(Setup setup) {
		ZinxServer server = new ZinxServer(setup.config().host("127.0.0.1").port(0).build());
		new Chat().register(server.routes(), server.connManager());
		server.start();
		try (SocketClient ann = login(server, "ann"); SocketClient bob = login(server, "bob")) {
			ann.send(Chat.ENTER, "kitchen").send(Chat.SAY, "hello");
			assertThat(ann.receive().text()).isEqualTo("ann: hello");
			bob.send(Chat.ENTER, "kitchen");
			assertThat(ann.receive().text()).isEqualTo("bob comes in");
			bob.send(Chat.SAY, "dinner?");
			assertThat(ann.receive().text()).isEqualTo("bob: dinner?");
			assertThat(bob.receive().text()).isEqualTo("bob: dinner?");
			try (SocketClient phone = login(server, "bob")) {
				assertThat(ann.receive().text()).isEqualTo("bob has left");
				bob.awaitClose();
				assertThat(server.connManager().group("kitchen").size()).isOne();
				assertThat(phone.localPort()).isPositive();
			}
		}
		finally {
			server.stop();
		}
	}

	private static SocketClient login(ZinxServer server, String user) {
		SocketClient client = SocketClient.connect(server.port());
		assertThat(client.send(Chat.LOGIN, user).receive().text()).isEqualTo("welcome");
		return client;
	}

	/**
	 * A chat with rooms.
	 */
	static class Chat {

		static final int LOGIN = 10;

		static final int ENTER = 11;

		static final int SAY = 12;

		static final int SAID = 200;

		void register(RouteRegistry routes, ConnManager connections) {
			// @formatter:off
			routes.add(LOGIN, (request) -> {
				String user = request.bodyAsString();
				BindResult result = request.connection().bind(user);
				request.reply(LOGIN, result.isBound() ? "welcome" : "you are logged in elsewhere");
			});
			routes.add(ENTER, (request) -> {
				Connection connection = request.connection();
				Group room = connections.group(request.bodyAsString());
				if (room.join(connection)) {
					room.except(connection).broadcast(SAID, name(connection) + " comes in");
					connection.onClose((ended, reason) -> room.broadcast(SAID, name(ended) + " has left"));
				}
			});
			routes.add(SAY, (request) -> {
				String said = name(request.connection()) + ": " + request.bodyAsString();
				request.connection().groups().forEach((room) -> connections.group(room).broadcast(SAID, said));
			});
			// @formatter:on
		}

		private static String name(Connection connection) {
			return String.join(", ", connection.keys());
		}

	}

	@Test
	void aBroadcastSaysWhomItHasReached() {
		List<String> log = new ArrayList<>();
		try (TestServer server = TestServer.start(ServerConfig.builder());
				SocketClient first = server.connect();
				SocketClient second = server.connect()) {
			server.awaitSize(2);
			ConnManager connections = server.connections();
			Connection sender = connections.page(0, 1).get(0);
			// @formatter:off
			BroadcastResult result = connections.all()
				.except(sender)
				.where((connection) -> connection.property("muted") == null)
				.broadcast(SAID, "dinner is ready");
			log.add(result.reached() + " of " + result.total());
			// @formatter:on
			assertThat(log).containsExactly("1 of 1");
			assertThat(List.of(first, second)).hasSize(2);
		}
	}

	@Test
	void aCallbackHearsOfTheEnd() throws InterruptedException {
		BlockingQueue<String> log = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(ServerConfig.builder()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			// @formatter:off
			CloseCallback.Handle lease = connection.onClose((ended, reason) -> log.add("seat is free: " + reason));
			// @formatter:on
			connection.close();
			client.awaitClose();
			assertThat(log.poll(30, TimeUnit.SECONDS)).isEqualTo("seat is free: handler");
			assertThat(lease.remove()).isFalse();
		}
	}

}
