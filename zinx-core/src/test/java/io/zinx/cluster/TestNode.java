package io.zinx.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node of a cluster with a server on a free port. Clients of it log in with message 1,
 * join a group with message 2 and leave it with message 3.
 */
final class TestNode implements AutoCloseable {

	final ZinxServer server;

	final FaultyBackplane backplane;

	final ClusterMember member;

	/** The events of the cluster, as words. */
	final List<String> events = new CopyOnWriteArrayList<>();

	private TestNode(ZinxServer server, ClusterSettings settings, InProcessBackplane end) {
		this.server = server;
		this.backplane = new FaultyBackplane(end);
		this.member = new ClusterMember(settings, server.config().name(), server.connManager(), this.backplane,
				List.of(new Events(this.events)));
	}

	static TestNode start(String serverName, ClusterSettings settings, InProcessBackplane end) {
		ServerConfig config = ServerConfig.builder().name(serverName).host("127.0.0.1").port(0).build();
		RouteRegistry routes = new RouteRegistry();
		ConnManager connections = new ConnManager(config.maxConn());
		routes.add(1, (request) -> request.reply(1, request.connection().bind(text(request)).name()));
		routes.add(2, (request) -> {
			connections.group(text(request)).join(request.connection());
			request.reply(2, "joined");
		});
		routes.add(3, (request) -> {
			connections.group(text(request)).leave(request.connection());
			request.reply(3, "left");
		});
		TestNode node = new TestNode(ZinxServer.builder(config).connManager(connections).routes(routes).build(),
				settings, end);
		node.member.start();
		node.server.start();
		node.awaitSubscribed();
		return node;
	}

	private static String text(Request request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

	ConnManager connections() {
		return this.server.connManager();
	}

	Connection connection(String key) {
		Connection found = connections().byKey(key);
		if (found == null) {
			throw new AssertionError("Nobody has bound " + key);
		}
		return found;
	}

	/**
	 * Connect a client that has bound a key, whose subscription is acknowledged.
	 */
	SocketClient login(String key) {
		SocketClient client = SocketClient.connect(this.server.port());
		assertThat(client.send(1, key).receive().text()).isEqualTo("BOUND");
		awaitSubscribed();
		return client;
	}

	void join(SocketClient client, String group) {
		assertThat(client.send(2, group).receive().text()).isEqualTo("joined");
		awaitSubscribed();
	}

	void awaitSubscribed() {
		await(() -> this.member.status().connected() && this.member.status().awaitedSubscriptions() == 0
				&& this.member.status().subscriptions() >= 2);
	}

	void awaitNodes(int count) {
		await(() -> this.member.nodes().size() == count);
	}

	static void await(Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
	}

	PushResult send(PushTarget target, String text) {
		return result(this.member.send(target, 7, text));
	}

	static <T> T result(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("No result", ex);
		}
	}

	@Override
	public void close() {
		this.server.stop();
		this.member.stop(Duration.ofSeconds(5));
	}

	/**
	 * Notes all events.
	 *
	 * @param noted where to
	 */
	private record Events(List<String> noted) implements ClusterListener {

		@Override
		public void nodeJoined(ClusterNode node) {
			this.noted.add("joined " + node.id());
		}

		@Override
		public void nodeLeft(ClusterNode node) {
			this.noted.add("left " + node.id());
		}

		@Override
		public void messagesLost(String nodeId, PushTarget target, long count) {
			this.noted.add("lost " + count + " of " + nodeId + " to " + target);
		}

		@Override
		public void connected() {
			this.noted.add("connected");
		}

		@Override
		public void disconnected() {
			this.noted.add("disconnected");
		}

	}

}
