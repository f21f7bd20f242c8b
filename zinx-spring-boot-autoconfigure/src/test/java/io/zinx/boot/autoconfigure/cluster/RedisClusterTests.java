package io.zinx.boot.autoconfigure.cluster;

import java.util.Map;
import java.util.stream.Stream;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushState;
import io.zinx.cluster.ZinxCluster;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisSentinel;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Applications that are nodes of a cluster through a real Redis.
 */
@ExtendWith({ OutputCaptureExtension.class, RedisServerExtension.class })
class RedisClusterTests {

	@Test
	void messagesReachTheOtherNode(RedisProcess redis, CapturedOutput output) {
		try (ConfigurableApplicationContext here = run(redis);
				ConfigurableApplicationContext there = run(redis);
				SocketClient ann = login(there, "ann")) {
			assertThat(push(here, "ann", "dinner")).isEqualTo(PushState.SENT);
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
			assertThat(push(here, "bob", "dinner")).isEqualTo(PushState.NO_RECEIVER);
			assertThat(here.getBean(ZinxCluster.class).isOnline("ann").toCompletableFuture().join()).isTrue();
			await().until(() -> here.getBean(ZinxCluster.class).nodes().size() == 2);
			assertThat(output).contains("messages to other nodes go through Redis at localhost:" + redis.port());
			assertThat(redis.command("CLIENT", "LIST")).contains("zinx-chat-");
		}
	}

	@Test
	void messagesReachTheOtherNodeThroughTheMasterThatSentinelsName(RedisSentinel redis) {
		String nodes = "spring.data.redis.sentinel.nodes=127.0.0.1:" + redis.sentinel().port();
		String master = "spring.data.redis.sentinel.master=" + RedisSentinel.MASTER;
		try (ConfigurableApplicationContext here = start(nodes, master);
				ConfigurableApplicationContext there = start(nodes, master);
				SocketClient ann = login(there, "ann")) {
			assertThat(push(here, "ann", "dinner")).isEqualTo(PushState.SENT);
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
		}
	}

	@Test
	void wrongCredentialsStopTheStart(RedisProcess redis, CapturedOutput output) {
		redis.command("ACL", "SETUSER", "ann", "on", ">secret", "&zinx:*", "+@all");
		assertThatException().isThrownBy(
				() -> run(redis, "spring.data.redis.username=ann", "spring.data.redis.password=4711-4711").close());
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "the cluster cannot use Redis", "credentials",
					"spring.data.redis.password")
			.doesNotContain("4711-4711");
	}

	@Test
	void aUserWithTheDocumentedPermissionsIsEnough(RedisProcess redis) {
		redis.command("ACL", "SETUSER", "ann", "on", ">secret", "resetchannels", "&zinx:chat:*", "-@all", "+publish",
				"+subscribe", "+unsubscribe", "+pubsub|numsub", "+ping", "+hello", "+auth", "+client");
		String[] credentials = { "spring.data.redis.username=ann", "spring.data.redis.password=secret",
				"spring.data.redis.database=3" };
		try (ConfigurableApplicationContext here = run(redis, credentials);
				ConfigurableApplicationContext there = run(redis, credentials);
				SocketClient ann = login(there, "ann")) {
			assertThat(push(here, "ann", "dinner")).isEqualTo(PushState.SENT);
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
		}
	}

	@Test
	void aServerStartsWithoutRedisAndFindsItLater(RedisProcess redis) {
		redis.kill();
		try (ConfigurableApplicationContext here = run(redis); SocketClient ann = login(here, "ann")) {
			assertThat(push(here, "ann", "dinner")).as("on this node").isEqualTo(PushState.UNAVAILABLE);
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
			assertThat(here.getBean("zinxHealthContributor", HealthIndicator.class).health())
				.matches((health) -> health != null && health.getStatus().equals(Status.UP));
			redis.restart();
			ZinxCluster cluster = here.getBean(ZinxCluster.class);
			await().until(() -> cluster.status().connected());
			await().until(() -> push(here, "bob", "dinner") == PushState.NO_RECEIVER);
		}
	}

	@Test
	void aNodeMayComeBack(RedisProcess redis) {
		try (ConfigurableApplicationContext here = run(redis); ConfigurableApplicationContext there = run(redis)) {
			here.stop();
			ZinxCluster cluster = there.getBean(ZinxCluster.class);
			await().until(() -> cluster.nodes().size() == 1);
			here.start();
			await().until(() -> cluster.nodes().size() == 2);
			try (SocketClient ann = login(here, "ann")) {
				assertThat(push(there, "ann", "again")).isEqualTo(PushState.SENT);
				assertThat(ann.receive()).hasToString("message 30 \"again\"");
			}
		}
	}

	private static ConfigurableApplicationContext run(RedisProcess redis, String... properties) {
		return start(Stream.concat(Stream.of("spring.data.redis.port=" + redis.port()), Stream.of(properties))
			.toArray(String[]::new));
	}

	private static ConfigurableApplicationContext start(String... properties) {
		SpringApplication application = new SpringApplication(AutoConfigured.class, Users.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(
				Map.of("zinx.port", "0", "spring.main.banner-mode", "off", "spring.application.name", "chat",
						"zinx.cluster.enabled", "true", "logging.level.io.zinx.boot.autoconfigure.cluster", "info"));
		return application.run(Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	private static PushState push(ConfigurableApplicationContext context, String user, String text) {
		PushResult result = context.getBean(ZinxTemplate.class)
			.cluster()
			.sendToKey(user, 30, text)
			.toCompletableFuture()
			.join();
		return result.state();
	}

	private static SocketClient login(ConfigurableApplicationContext context, String user) {
		SocketClient client = ZinxApplication.connect(context);
		assertThat(client.send(1, user).receive().text()).isEqualTo("welcome");
		ZinxCluster cluster = context.getBean(ZinxCluster.class);
		await().until(() -> !cluster.status().connected() || cluster.status().awaitedSubscriptions() == 0);
		return client;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

	static class Users {

		@ZinxRouter(msgId = 1)
		String login(Connection connection, String user) {
			connection.bind(user);
			return "welcome";
		}

	}

}
