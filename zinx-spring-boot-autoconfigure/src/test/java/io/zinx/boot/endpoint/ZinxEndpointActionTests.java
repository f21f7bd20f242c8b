package io.zinx.boot.endpoint;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ZinxEndpointActionTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=zinx,health";

	private static final String UNRESTRICTED = "management.endpoint.zinx.access=unrestricted";

	private static final List<String> ACTIONS = List.of("""
			{"action": "kick", "key": "user"}""", """
			{"action": "kick", "group": "lobby"}""", """
			{"action": "kick", "remote": "127.0.0.1"}""", """
			{"action": "drain"}""", """
			{"action": "resume"}""", """
			{"action": "trace", "connId": 1, "seconds": 5}""");

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void nobodyMayActWhoMayOnlyRead() throws Exception {
		assertRefused(405, EXPOSED);
		assertRefused(405, EXPOSED, "management.endpoint.zinx.access=read-only");
		assertRefused(405, EXPOSED, UNRESTRICTED, "management.endpoints.access.max-permitted=read-only");
	}

	@Test
	void nobodyFindsWhatHeHasNoAccessTo() throws Exception {
		assertRefused(404, EXPOSED, "management.endpoint.zinx.access=none");
	}

	private void assertRefused(int status, String... properties) throws Exception {
		try (ConfigurableApplicationContext context = run(properties);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			Connection connection = connection(context, client);
			connection.bind("user");
			context.getBean(ConnManager.class).group("lobby").join(connection);
			for (String action : ACTIONS) {
				assertThat(post(context, action).statusCode()).as(action).isEqualTo(status);
			}
			assertThat(send(context, "DELETE", "/1", null).statusCode()).isEqualTo(status);
			assertThat(client.send(1, "still here").receive().text()).isEqualTo("still here");
			assertThat(context.getBean(ZinxServer.class).phase()).isEqualTo(ServerPhase.RUNNING);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "key", "group", "remote" })
	void kicksThoseWhoAreMeant(String by) throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED);
				SocketClient client = ZinxApplication.connect(context);
				SocketClient other = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			other.send(1, "here").receive();
			Connection connection = connection(context, client);
			connection.bind("user");
			context.getBean(ConnManager.class).group("lobby").join(connection);
			String whom = switch (by) {
				case "key" -> "user";
				case "group" -> "lobby";
				default -> "127.0.0.1:" + client.localPort();
			};
			JsonNode result = json(post(context, "{\"action\": \"kick\", \"%s\": \"%s\"}".formatted(by, whom)));
			assertThat(result.get("connections").asInt()).isOne();
			assertThat(result.get("changed").asBoolean()).isTrue();
			client.awaitClose();
			assertThat(other.send(1, "still here").receive().text()).isEqualTo("still here");
			await().until(() -> context.getBean(ConnManager.class).size() == 1);
			assertThat(context.getBean(ConnManager.class).metrics().closed(CloseReason.KICKED.tag())).isOne();
			JsonNode nobody = json(post(context, "{\"action\": \"kick\", \"%s\": \"%s\"}".formatted(by, whom)));
			assertThat(nobody.get("connections").asInt()).isZero();
		}
	}

	@Test
	void whoIsKickedHearsWhy() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED, "zinx.session.kick.msg-id=201",
				"zinx.session.kick.text=by an operator");
				SocketClient first = ZinxApplication.connect(context);
				SocketClient second = ZinxApplication.connect(context)) {
			first.send(1, "here").receive();
			second.send(1, "here").receive();
			connection(context, first).bind("user");
			long connId = connection(context, second).connId();
			assertThat(post(context, "{\"action\": \"kick\", \"key\": \"user\"}").statusCode()).isEqualTo(200);
			assertThat(first.receive()).hasToString("message 201 \"by an operator\"");
			first.awaitClose();
			assertThat(send(context, "DELETE", "/" + connId, null).statusCode()).isEqualTo(204);
			assertThat(second.receive()).hasToString("message 201 \"by an operator\"");
			second.awaitClose();
		}
	}

	@Test
	void drainsAndResumes(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED, "zinx.shutdown.goodbye.msg-id=9",
				"zinx.shutdown.goodbye.text=bye", "management.endpoint.health.show-details=always",
				"logging.level.io.zinx=info"); SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			JsonNode drained = json(post(context, "{\"action\": \"drain\"}"));
			assertThat(drained.get("state").asString()).isEqualTo("draining");
			assertThat(drained.get("connections").asInt()).isOne();
			assertThat(client.receive().text()).isEqualTo("bye");
			client.awaitClose();
			assertThat(readiness(context)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			assertThat(json(get(context, "")).get("state").asString()).isEqualTo("draining");
			HttpResponse<String> health = request(context, "GET", "/actuator/health", null);
			assertThat(health.statusCode()).isEqualTo(503);
			assertThat(health.body()).contains("\"status\":\"OUT_OF_SERVICE\"", "drained by an operator");
			assertThat(json(post(context, "{\"action\": \"drain\"}")).get("changed").asBoolean()).isFalse();
			assertThat(json(post(context, "{\"action\": \"resume\"}")).get("state").asString()).isEqualTo("running");
			assertThat(json(post(context, "{\"action\": \"resume\"}")).get("changed").asBoolean()).isFalse();
			assertThat(readiness(context)).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
			try (SocketClient next = ZinxApplication.connect(context)) {
				assertThat(next.send(1, "again").receive().text()).isEqualTo("again");
			}
			assertThat(output).contains("Operator action 'drain' on 1 connections", "Operator action 'resume'");
		}
	}

	private static ReadinessState readiness(ConfigurableApplicationContext context) {
		return context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	@Test
	void theReasonOfA400IsShownIfSpringBootIsToldToShowMessages(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED,
				"logging.level.org.springframework.web=debug")) {
			HttpResponse<String> response = post(context, "{\"action\": \"jump\"}");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).doesNotContain("expected");
			assertThat(output).contains("action: jump (expected: kick, drain, resume or trace)");
		}
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED,
				"spring.web.error.include-message=always")) {
			assertThat(post(context, "{\"action\": \"jump\"}").body())
				.contains("action: jump (expected: kick, drain, resume or trace)");
		}
	}

	@Test
	void tracesAConnectionForSomeTime(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED, "logging.level.io.zinx=info");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "not yet").receive();
			long connId = connection(context, client).connId();
			String action = "{\"action\": \"trace\", \"connId\": " + connId + ", \"seconds\": 2}";
			assertThat(json(post(context, action)).get("connections").asInt()).isOne();
			await().until(() -> output.getAll().contains("is traced for PT2S"));
			client.send(1, "AB").receive();
			await().until(() -> output.getAll().contains("is no longer traced"));
			client.send(1, "klmno").receive();
			assertThat(output).contains("in 10 bytes: 00000001000000024142", "out 10 bytes: 00000001000000024142")
				.doesNotContain("6b6c6d6e6f", "6e6f7420");
			String nobody = "{\"action\": \"trace\", \"connId\": 999, \"seconds\": 2}";
			assertThat(json(post(context, nobody)).get("changed").asBoolean()).isFalse();
		}
	}

	@Test
	void refusesWhatIsNoAction() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, UNRESTRICTED)) {
			for (String action : List.of("{}", "{\"action\": \"explode\"}", "{\"action\": \"kick\"}",
					"{\"action\": \"kick\", \"key\": \"a\", \"group\": \"b\"}", "{\"action\": \"trace\"}",
					"{\"action\": \"trace\", \"connId\": 1, \"seconds\": 3601}")) {
				assertThat(post(context, action).statusCode()).as(action).isEqualTo(400);
			}
		}
	}

	@Test
	void findsConnections() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED)) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 1; i <= 5; i++) {
				SocketClient client = ZinxApplication.connect(context);
				clients.add(client);
				for (int j = 0; j < i; j++) {
					client.send(1, "here").receive();
				}
			}
			ConnManager connections = context.getBean(ConnManager.class);
			Connection second = connection(context, clients.get(1));
			Connection third = connection(context, clients.get(2));
			second.bind("user");
			connections.group("lobby").join(second);
			connections.group("lobby").join(third);
			assertThat(found(context, "?key=user")).containsExactly(second.connId());
			assertThat(found(context, "?key=nobody")).isEmpty();
			assertThat(found(context, "?group=lobby")).containsExactly(second.connId(), third.connId());
			assertThat(found(context, "?group=lobby&limit=1")).containsExactly(second.connId());
			assertThat(found(context, "?group=lobby&after=" + second.connId())).containsExactly(third.connId());
			assertThat(found(context, "?group=lobby&key=user")).containsExactly(second.connId());
			assertThat(found(context, "?remote=127.0.0.1")).hasSize(5);
			assertThat(found(context, "?remote=127.0.0.1:" + clients.get(4).localPort()))
				.containsExactly(connection(context, clients.get(4)).connId());
			assertThat(found(context, "?remote=127.0.0.2")).isEmpty();
			assertThat(found(context, "?state=open")).hasSize(5);
			assertThat(found(context, "?state=paused")).isEmpty();
			assertThat(found(context, "?sort=messages-in&limit=2")).containsExactly(
					connection(context, clients.get(4)).connId(), connection(context, clients.get(3)).connId());
			for (String sort : List.of("id", "idle", "messages-in", "bytes-in", "bytes-out", "queued")) {
				assertThat(found(context, "?sort=" + sort)).as(sort).hasSize(5);
			}
			for (String bad : List.of("?sort=name", "?state=bored", "?sort=idle&after=1")) {
				assertThat(get(context, bad).statusCode()).as(bad).isEqualTo(400);
			}
			clients.forEach(SocketClient::close);
		}
	}

	private List<Long> found(ConfigurableApplicationContext context, String query) throws Exception {
		return json(get(context, query)).get("connections")
			.valueStream()
			.map((connection) -> connection.get("connId").asLong())
			.toList();
	}

	@Test
	void showsRoutesGroupsWorkersAndLimits() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			await().until(() -> json(get(context, "/routes")).at("/routes/0/handled").asLong() == 1);
			context.getBean(ConnManager.class).group("lobby").join(connection(context, client));
			JsonNode route = json(get(context, "/routes")).at("/routes/0");
			assertThat(route.get("msgId").asLong()).isOne();
			assertThat(route.get("failed").asLong()).isZero();
			assertThat(route.get("meanMillis").asDouble()).isPositive();
			assertThat(route.get("maxMillis").asDouble()).isPositive();
			JsonNode groups = json(get(context, "/groups"));
			assertThat(groups.get("count").asInt()).isOne();
			assertThat(groups.at("/groups/0/name").asString()).isEqualTo("lobby");
			assertThat(groups.at("/groups/0/size").asInt()).isOne();
			JsonNode workers = json(get(context, "/workers"));
			assertThat(workers.get("workers")).hasSize(10);
			assertThat(workers.at("/workers/3/index").asInt()).isEqualTo(3);
			assertThat(workers.at("/workers/3/queueCapacity").asInt()).isEqualTo(1024);
			assertThat(workers.get("eventLoops")).isNotEmpty();
			client.send(7, "");
			await().atMost(Duration.ofSeconds(20))
				.until(() -> !json(get(context, "/workers")).get("running").isEmpty());
			JsonNode running = json(get(context, "/workers")).at("/running/0");
			assertThat(running.get("msgId").asLong()).isEqualTo(7);
			assertThat(running.get("forAtLeast").asString()).startsWith("PT");
			context.getBean(Stuck.class).release.countDown();
			JsonNode limits = json(get(context, "")).get("limits");
			assertThat(limits.at("/connections/used").asInt()).isOne();
			assertThat(limits.at("/handshakes/used").asInt()).isZero();
			assertThat(limits.at("/handshakes/max").asInt()).isEqualTo(1000);
			assertThat(limits.at("/workerQueue/max").asInt()).isEqualTo(1024);
			assertThat(limits.at("/inboundBytes/max").asLong()).isPositive();
			assertThat(limits.at("/outboundBytes/used").asInt()).isZero();
			for (String nothing : List.of("/route", "/12345", "/groups/lobby")) {
				assertThat(get(context, nothing).statusCode()).as(nothing).isEqualTo(404);
			}
		}
	}

	@Test
	void showsValuesOfPropertiesIfToldSoAndSanitized() throws Exception {
		try (ConfigurableApplicationContext context = run(EXPOSED, "management.endpoint.zinx.show-values=always");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			JsonNode properties = json(get(context, "/1")).get("properties");
			assertThat(properties.get("user").asString()).isEqualTo("alice");
			assertThat(properties.get("phone").asString()).isEqualTo("******");
			assertThat(properties.get("long").asString()).isEqualTo("x".repeat(256) + "… (744 more characters)");
		}
		try (ConfigurableApplicationContext context = run(EXPOSED);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			assertThat(json(get(context, "/1")).at("/properties/user").asString()).isEqualTo("******");
		}
	}

	@Test
	void showsTheSameOverJmxWithoutValues() throws Exception {
		try (ConfigurableApplicationContext context = run("management.endpoints.jmx.exposure.include=zinx",
				"spring.jmx.enabled=true", "spring.jmx.default-domain=io.zinx.test",
				"management.endpoint.zinx.show-values=always");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "here").receive();
			MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
			ObjectName name = beans.queryNames(new ObjectName("io.zinx.test:type=Endpoint,name=Zinx,*"), null)
				.iterator()
				.next();
			Object server = beans.invoke(name, "server", new Object[7], new String[7]);
			assertThat((Map<?, ?>) server).extracting("state").isEqualTo("running");
			Object one = beans.invoke(name, "selected", new Object[] { "1" }, new String[] { "java.lang.String" });
			assertThat(one.toString()).contains("user=******").doesNotContain("alice");
		}
	}

	private static Connection connection(ConfigurableApplicationContext context, SocketClient client) {
		return context.getBean(ConnManager.class)
			.find((connection) -> connection.remoteAddress().toString().endsWith(":" + client.localPort()))
			.get(0);
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return ZinxApplication.runWeb(List.of(Echo.class, Stuck.class, Users.class, Sanitizing.class), properties);
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
		return send(context, "GET", path, null);
	}

	private HttpResponse<String> post(ConfigurableApplicationContext context, String body) throws Exception {
		return send(context, "POST", "", body);
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return new JsonMapper().readTree(response.body());
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path,
			@Nullable String body) throws IOException, InterruptedException {
		return request(context, method, "/actuator/zinx" + path, body);
	}

	private HttpResponse<String> request(ConfigurableApplicationContext context, String method, String path,
			@Nullable String body) throws IOException, InterruptedException {
		String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Content-Type", "application/json")
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody())
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

	@ZinxRouter(msgId = 7)
	static class Stuck implements Router {

		private final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void handle(Request request) throws InterruptedException {
			this.release.await();
		}

	}

	static class Users implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			Stream.of("user=alice", "phone=555", "long=" + "x".repeat(1000))
				.map((property) -> property.split("=", 2))
				.forEach((property) -> connection.setProperty(property[0], property[1]));
		}

	}

	static class Sanitizing {

		@Bean
		SanitizingFunction phones() {
			return (data) -> data.getKey().equals("phone") ? data.withSanitizedValue() : data;
		}

	}

}
