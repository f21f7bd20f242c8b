package io.zinx.boot.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;

import io.zinx.boot.testing.UnpluggedBackplane;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.ZinxCluster;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClusterEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	@Test
	void showsTheNodesAndTheTrafficBetweenThem() throws Exception {
		InProcessBackplane backplane = new InProcessBackplane();
		try (ConfigurableApplicationContext context = run(backplane, "zinx.cluster.node-id=here",
				"zinx.cluster.heartbeat-interval=100ms");
				ConfigurableApplicationContext other = ZinxApplication.runNode(List.of(), backplane.anotherEnd(),
						"zinx.cluster.node-id=there")) {
			ZinxCluster cluster = context.getBean(ZinxCluster.class);
			await().until(() -> cluster.nodes().size() == 2 && cluster.status().lag() != null);
			await().until(() -> cluster.status().awaitedSubscriptions() == 0);
			JsonNode shown = get(context, "/zinx/cluster");
			assertThat(shown.get("clustered").asBoolean()).isTrue();
			assertThat(shown.get("name").asString()).isEqualTo("test");
			assertThat(shown.get("nodeId").asString()).isEqualTo("here");
			assertThat(shown.get("connected").asBoolean()).isTrue();
			assertThat(shown.get("lag").asString()).startsWith("PT");
			assertThat(shown.get("pendingBytes").asLong()).isNotNegative();
			assertThat(shown.get("awaitedSubscriptions").asInt()).isZero();
			assertThat(shown.at("/nodes/0/id").asString()).isEqualTo("here");
			assertThat(shown.at("/nodes/0/self").asBoolean()).isTrue();
			assertThat(shown.at("/nodes/1/id").asString()).isEqualTo("there");
			assertThat(shown.at("/nodes/1/connections").asInt()).isZero();
			assertThat(shown.at("/nodes/1/age").asString()).startsWith("PT");
			assertThat(shown.at("/traffic/pushes/no-receiver").asLong()).isZero();
			assertThat(shown.at("/traffic/lost").asLong()).isZero();
			assertThat(shown.at("/traffic/dropped/inbound-full").asLong()).isZero();
			assertThat(other.isActive()).isTrue();
		}
	}

	@Test
	void showsAServerWithoutACluster() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(), EXPOSED)) {
			JsonNode shown = get(context, "/zinx/cluster");
			assertThat(shown.get("clustered").asBoolean()).isFalse();
			assertThat(shown.has("name")).isFalse();
			assertThat(shown.has("traffic")).isFalse();
			assertThat(shown.get("nodes")).hasSize(1);
			assertThat(get(context, "/health").toString()).doesNotContain("cluster");
		}
	}

	@Test
	void whoeverLooksSeesThatTheBackplaneIsAway() throws Exception {
		String details = "management.endpoint.health.show-details=always";
		try (ConfigurableApplicationContext context = run(new UnpluggedBackplane(), details)) {
			JsonNode shown = get(context, "/zinx/cluster");
			assertThat(shown.get("connected").asBoolean()).isFalse();
			assertThat(shown.get("lastError").asString()).contains("The cable is not plugged in");
			JsonNode health = get(context, "/health/zinx");
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.at("/details/cluster/connected").asBoolean()).isFalse();
			assertThat(health.at("/details/cluster/nodes").asInt()).isOne();
			assertThat(health.at("/details/cluster/lastError").asString()).contains("The cable is not plugged in");
			assertThat(get(context, "/info").at("/zinx/cluster/name").asString()).isEqualTo("test");
		}
		try (ConfigurableApplicationContext context = run(new UnpluggedBackplane(), details,
				"zinx.cluster.health=down")) {
			JsonNode health = get(context, "/health/zinx", 503);
			assertThat(health.get("status").asString()).isEqualTo("DOWN");
			assertThat(health.at("/details/reason").asString()).isEqualTo("the backplane of the cluster is away");
		}
	}

	private static ConfigurableApplicationContext run(Backplane backplane, String... properties) {
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 1, properties.length);
		all[0] = EXPOSED;
		return ZinxApplication.runWebNode(List.of(), backplane, all);
	}

	private static JsonNode get(ConfigurableApplicationContext context, String path) throws Exception {
		return get(context, path, 200);
	}

	private static JsonNode get(ConfigurableApplicationContext context, String path, int status) throws Exception {
		String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path)).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		return new JsonMapper().readTree(response.body());
	}

}
