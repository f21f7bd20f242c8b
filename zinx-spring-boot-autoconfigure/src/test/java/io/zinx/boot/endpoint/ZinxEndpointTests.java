package io.zinx.boot.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Execution;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ZinxEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=zinx";

	private static final String UNRESTRICTED = "management.endpoint.zinx.access=unrestricted";

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void showsTheServerAndItsConnections() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "zinx.name=game", "zinx.max-conn=7");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "12345").receive();
			JsonNode server = get(context, "");
			assertThat(server.get("state").asString()).isEqualTo("running");
			assertThat(server.get("name").asString()).isEqualTo("game");
			assertThat(server.get("address").asString()).endsWith(":" + server.get("port").asInt());
			assertThat(server.get("port").asInt()).isEqualTo(context.getBean(ZinxServer.class).port());
			assertThat(server.get("transport").asString()).isIn("epoll", "nio");
			assertThat(server.get("codec").asString()).isEqualTo("tlv");
			assertThat(server.get("workerMode").asString()).isEqualTo("hash");
			assertThat(server.get("started").asString()).startsWith("20").endsWith("Z");
			assertThat(server.get("uptime").asString()).startsWith("PT");
			assertThat(server.get("connectionCount").asInt()).isOne();
			assertThat(server.get("maxConn").asInt()).isEqualTo(7);
			assertThat(server.get("workerQueueSizes")).hasSize(10);
			assertThat(server.at("/routes/0/msgId").asLong()).isOne();
			assertThat(server.at("/routes/0/router").asString()).isEqualTo("zinxEndpointTests.Echo");
			assertThat(server.has("next")).isFalse();
			assertConnection(server.at("/connections/0"), client);
		}
	}

	@Test
	void showsRangesTheFallbackAndInterceptors() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication
			.runWeb(List.of(Echo.class, Everything.class, PassOn.class), EXPOSED)) {
			JsonNode server = get(context, "");
			JsonNode routes = server.get("routes");
			assertThat(routes.valueStream().map((route) -> route.get("router").asString()))
				.containsExactly("zinxEndpointTests.Echo", "low", "high", "zinxEndpointTests.Everything");
			assertThat(routes.get(0).has("from")).isFalse();
			assertThat(routes.get(1).get("from").asLong()).isEqualTo(10);
			assertThat(routes.get(1).get("to").asLong()).isEqualTo(20);
			assertThat(routes.get(1).has("msgId")).isFalse();
			assertThat(routes.valueStream().map((route) -> route.get("fallback").asBoolean())).containsExactly(false,
					false, false, true);
			assertThat(routes.get(3).has("from")).isFalse();
			assertThat(routes.get(3).get("execution").asString()).isEqualTo("virtual-thread");
			assertThat(routes.get(0).has("execution")).isFalse();
			assertThat(server.get("interceptors").valueStream().map(JsonNode::asString))
				.containsExactly(PassOn.class.getName());
		}
	}

	@Test
	void showsOneConnectionWithoutTheValuesOfItsProperties() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "12345").receive();
			ConnManager connections = context.getBean(ConnManager.class);
			Connection bound = connections.page(0, 1).get(0);
			bound.bind("device-2");
			bound.bind("device-1");
			connections.group("lobby").join(bound);
			JsonNode connection = get(context, "/1");
			assertConnection(connection, client);
			assertThat(connection.get("open").asBoolean()).isTrue();
			assertThat(connection.has("closeReason")).isFalse();
			assertThat(connection.get("transport").asString()).isEqualTo("tcp");
			assertThat(connection.has("tls")).isFalse();
			assertThat(connection.has("proxy")).isFalse();
			assertThat(connection.get("propertyNames").toString()).isEqualTo("[\"phone\",\"user\"]");
			assertThat(connection.get("keys").toString()).isEqualTo("[\"device-1\",\"device-2\"]");
			assertThat(connection.get("groups").toString()).isEqualTo("[\"lobby\"]");
			assertThat(connection.toString()).doesNotContain("alice", "five-five-five");
		}
	}

	@Test
	void whatAClientHasCalledItselfIsEscapedAndNotEndless() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "12345").receive();
			ConnManager connections = context.getBean(ConnManager.class);
			Connection bound = connections.page(0, 1).get(0);
			bound.bind("a\nFAKE\u001b[31m");
			bound.bind("b".repeat(10_000));
			connections.group("c\r\n").join(bound);
			bound.setProperty("d\n", "value");
			for (int key = 0; key < 200; key++) {
				bound.bind("key-" + key);
			}
			JsonNode connection = get(context, "/1");
			JsonNode keys = connection.get("keys");
			assertThat(keys).hasSize(101);
			assertThat(keys.get(0).asString()).isEqualTo("a\\nFAKE\\u001b[31m");
			assertThat(keys.get(1).asString()).hasSizeLessThan(300).endsWith("(9744 more characters)");
			assertThat(keys.get(100).asString()).isEqualTo("… and 102 more");
			assertThat(connection.at("/groups/0").asString()).isEqualTo("c\\r\\n");
			assertThat(connection.at("/propertyNames/0").asString()).isEqualTo("d\\n");
			assertThat(get(context, "/groups").at("/groups/0/name").asString()).isEqualTo("c\\r\\n");
			assertThat(get(context, "").at("/connections/0/keys")).hasSize(101);
		}
	}

	private static void assertConnection(JsonNode connection, SocketClient client) {
		assertThat(connection.get("connId").asLong()).isOne();
		assertThat(connection.get("remoteAddress").asString()).isEqualTo("127.0.0.1:" + client.localPort());
		assertThat(connection.get("localAddress").asString()).startsWith("127.0.0.1:");
		assertThat(connection.get("opened").asString()).endsWith("Z");
		assertThat(connection.get("lastActive").asString()).endsWith("Z");
		assertThat(connection.get("messagesIn").asLong()).isOne();
		assertThat(connection.get("messagesOut").asLong()).isOne();
		assertThat(connection.get("bytesIn").asLong()).isEqualTo(13);
		assertThat(connection.get("bytesOut").asLong()).isEqualTo(13);
		assertThat(connection.get("bytesQueued").asLong()).as("gone but for what Netty has just written")
			.isLessThan(200);
	}

	@Test
	void pagesThroughConnections() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			List<SocketClient> clients = connect(context, 5);
			JsonNode first = get(context, "?limit=2");
			assertThat(connIds(first)).containsExactly(1L, 2L);
			assertThat(first.get("next").asLong()).isEqualTo(2);
			assertThat(first.get("connectionCount").asInt()).isEqualTo(5);
			JsonNode second = get(context, "?limit=2&after=2");
			assertThat(connIds(second)).containsExactly(3L, 4L);
			JsonNode last = get(context, "?limit=2&after=" + second.get("next").asLong());
			assertThat(connIds(last)).containsExactly(5L);
			assertThat(last.has("next")).isFalse();
			assertThat(connIds(get(context, "?limit=5"))).hasSize(5);
			assertThat(get(context, "?limit=5").has("next")).isFalse();
			assertThat(connIds(get(context, "?after=99"))).isEmpty();
			clients.forEach(SocketClient::close);
		}
	}

	@Test
	void pageIsNeverLargerThanAThousand() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			List<SocketClient> clients = connect(context, 1001);
			assertThat(connIds(get(context, ""))).hasSize(100);
			JsonNode page = get(context, "?limit=1000000");
			assertThat(connIds(page)).hasSize(1000);
			assertThat(page.get("next").asLong()).isEqualTo(1000);
			clients.forEach(SocketClient::close);
		}
	}

	@Test
	void refusesABadLimit() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			assertThat(send(context, "GET", "?limit=abc").statusCode()).isEqualTo(400);
			assertThat(send(context, "GET", "?limit=0").statusCode()).isEqualTo(400);
			assertThat(send(context, "GET", "?limit=-1").statusCode()).isEqualTo(400);
			assertThat(send(context, "GET", "?after=abc").statusCode()).isEqualTo(400);
			assertThat(send(context, "GET", "?limit=99999999999").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void knowsNoConnectionOfThatNumber() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED)) {
			for (String method : List.of("GET", "DELETE")) {
				assertThat(send(context, method, "/999999").statusCode()).isEqualTo(404);
				assertThat(send(context, method, "/abc").statusCode()).isEqualTo(404);
				assertThat(send(context, method, "/-1").statusCode()).isEqualTo(404);
			}
		}
	}

	@Test
	void kicksNobodyUnlessAllowed() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			assertThat(send(context, "DELETE", "/1").statusCode()).isEqualTo(405);
			assertThat(client.send(1, "still here").receive().text()).isEqualTo("still here");
		}
	}

	@Test
	void kicksAConnection() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED);
				SocketClient client = ZinxApplication.connect(context);
				SocketClient other = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			other.send(1, "here").receive();
			long connId = connId(context, client);
			assertThat(send(context, "DELETE", "/" + connId).statusCode()).isEqualTo(204);
			client.awaitClose();
			ZinxServer server = context.getBean(ZinxServer.class);
			await().until(() -> server.connManager().size() == 1);
			assertThat(server.connManager().metrics().closed(CloseReason.KICKED.tag())).isOne();
			assertThat(send(context, "GET", "/" + connId).statusCode()).isEqualTo(404);
			assertThat(other.send(1, "still here").receive().text()).isEqualTo("still here");
		}
	}

	private static long connId(ConfigurableApplicationContext context, SocketClient client) {
		List<Connection> connections = context.getBean(ZinxServer.class).connManager().page(0, 10);
		return connections.stream()
			.filter((connection) -> connection.remoteAddress().toString().endsWith(":" + client.localPort()))
			.findFirst()
			.orElseThrow()
			.connId();
	}

	@Test
	void isNotThereUnlessExposed() throws Exception {
		try (ConfigurableApplicationContext context = run("management.endpoints.web.exposure.include=health")) {
			assertThat(context.getBeansOfType(ZinxEndpoint.class)).isEmpty();
			assertThat(context.getBeansOfType(ZinxEndpointWebExtension.class)).isEmpty();
			assertThat(send(context, "GET", "").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void isNotThereWithoutAccess() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "management.endpoint.zinx.access=none")) {
			assertThat(context.getBeansOfType(ZinxEndpoint.class)).isEmpty();
			assertThat(send(context, "GET", "").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void saysThatTheServerIsDisabled() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "zinx.enabled=false")) {
			assertThat(context.getBeansOfType(ZinxEndpoint.class)).isEmpty();
			assertThat(send(context, "GET", "").body()).isEqualTo("{\"state\":\"disabled\"}");
			assertThat(send(context, "GET", "/routes").statusCode()).isEqualTo(404);
			assertThat(send(context, "POST", "").statusCode()).isEqualTo(405);
		}
	}

	@Test
	void showsAStoppedServer() {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			ZinxServer server = context.getBean(ZinxServer.class);
			server.stop();
			ZinxServerDescriptor descriptor = context.getBean(ZinxEndpoint.class)
				.server(null, null, null, null, null, null, null);
			assertThat(descriptor.state()).isEqualTo("stopped");
			assertThat(descriptor.port()).isEqualTo(-1);
			assertThat(descriptor.address()).isNull();
			assertThat(descriptor.transport()).isNull();
			assertThat(descriptor.uptime()).isNull();
			assertThat(descriptor.workerQueueSizes()).isEmpty();
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return ZinxApplication.runWeb(List.of(Echo.class, Users.class), properties);
	}

	private static List<SocketClient> connect(ConfigurableApplicationContext context, int count) {
		List<SocketClient> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			clients.add(ZinxApplication.connect(context));
		}
		await().until(() -> context.getBean(ZinxServer.class).connManager().ids().length == count);
		return clients;
	}

	private static List<Long> connIds(JsonNode server) {
		return server.get("connections").valueStream().map((connection) -> connection.get("connId").asLong()).toList();
	}

	private JsonNode get(ConfigurableApplicationContext context, String path) throws Exception {
		HttpResponse<String> response = send(context, "GET", path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return new JsonMapper().readTree(response.body());
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws IOException, InterruptedException {
		String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/zinx" + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

	@ZinxRouter(fallback = true, execution = Execution.VIRTUAL_THREAD)
	static class Everything extends EchoRouter implements ZinxRouteRegistrar {

		@Override
		public void register(RouteRegistry registry) {
			registry.range(30, 40, this, "high").range(10, 20, this, "low");
		}

	}

	static class PassOn implements Interceptor {

		@Override
		public void intercept(Request request, Chain chain) throws Exception {
			chain.proceed(request);
		}

	}

	static class Users implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			Stream.of("user=alice", "phone=five-five-five")
				.map((property) -> property.split("=", 2))
				.forEach((property) -> connection.setProperty(property[0], property[1]));
		}

	}

}
