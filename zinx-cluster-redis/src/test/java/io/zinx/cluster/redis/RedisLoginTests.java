package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Credentials and permissions.
 */
@ExtendWith(RedisServerExtension.class)
class RedisLoginTests {

	private static final String COMMANDS = "+publish +subscribe +unsubscribe +pubsub|numsub +ping +hello +auth +client";

	@Test
	void theRightPasswordIsAccepted(RedisProcess redis) {
		redis.command("CONFIG", "SET", "requirepass", "secret");
		try (TestBackplane node = TestBackplane.start(uri(redis, ":secret"))) {
			node.subscribe("a");
			assertThat(node.publish("a", "one")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":wrong", "ann:secret" })
	void wrongCredentialsStopTheStartAndLeaveNothingRunning(String credentials) {
		try (RedisProcess redis = RedisProcess.start("secret", new String[0])) {
			TestBackplane node = TestBackplane.unstarted(uri(redis, credentials), (settings) -> settings);
			assertThatExceptionOfType(RedisBackplaneException.class)
				.isThrownBy(() -> node.backplane.start(node.listener))
				.withMessageContaining("Redis rejects the credentials: check username and password")
				.withMessageNotContaining("secret");
			assertThat(node.listener.events).isEmpty();
			assertThat(node.backplane.isConnected()).isFalse();
			await().atMost(Duration.ofSeconds(10)).until(() -> ThreadsOfBackplanes.names().isEmpty());
			assertThat(redis.command("CLIENT", "LIST").lines()).hasSize(1);
		}
	}

	@Test
	void credentialsThatBecomeWrongLaterAreLoggedAndTriedAgain(RedisProcess redis) {
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(uri(redis, ":first"))) {
			redis.command("CONFIG", "SET", "requirepass", "second");
			node.backplane.reconnect();
			node.awaitEvents("restored", "lost");
			await().untilAsserted(() -> assertThat(log.lines()).anyMatch((line) -> line
				.contains("Could not connect to Redis; trying again: Redis rejects the credentials")));
			node.listener.events.clear();
			redis.commandAs("second", "CONFIG", "SET", "requirepass", "first");
			node.awaitEvents("restored");
		}
	}

	@Test
	void aUserWithTheDocumentedPermissionsCanDoEverything(RedisProcess redis) {
		user(redis, "&zinx:chat:*", COMMANDS);
		try (TestBackplane node = TestBackplane.start(uri(redis, "ann:secret") + "/3",
				(settings) -> settings.withProbeTopic("zinx:chat:probe"))) {
			node.subscribe("zinx:chat:a", "zinx:chat:b");
			assertThat(node.publish("zinx:chat:a", "one")).isEqualTo(1);
			assertThat(TestBackplane.join(node.backplane.subscribers("zinx:chat:b"))).isEqualTo(1);
			node.unsubscribe("zinx:chat:b");
			node.awaitMessages("zinx:chat:a=one");
			assertThat(redis.command("PUBSUB", "NUMSUB", "zinx:chat:probe")).endsWith("\n0");
		}
	}

	@Test
	void aUserWithoutTheChannelPatternStopsTheStartIfATopicIsProbed(RedisProcess redis) {
		user(redis, "&other:*", COMMANDS);
		assertMissingPermission(redis);
	}

	@ParameterizedTest
	@ValueSource(strings = { "publish", "subscribe", "unsubscribe", "pubsub|numsub" })
	void aUserWithoutACommandStopsTheStartIfATopicIsProbed(String command) {
		try (RedisProcess redis = RedisProcess.start()) {
			user(redis, "&zinx:chat:*", COMMANDS.replaceFirst("\\+" + command.replace("|", "\\|") + " ", ""));
			assertMissingPermission(redis);
		}
	}

	private static void assertMissingPermission(RedisProcess redis) {
		TestBackplane node = TestBackplane.unstarted(uri(redis, "ann:secret"),
				(settings) -> settings.withProbeTopic("zinx:chat:probe"));
		assertThatExceptionOfType(RedisBackplaneException.class).isThrownBy(() -> node.backplane.start(node.listener))
			.withMessageContaining("The Redis user lacks a permission")
			.withMessageContaining("NOPERM")
			.withMessageContaining("&zinx:*");
	}

	@Test
	void aTopicThatIsNotPermittedFailsEachCommandWithAReasonThatIsLoggedToo(RedisProcess redis) {
		user(redis, "&zinx:chat:*", COMMANDS);
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(uri(redis, "ann:secret"))) {
			assertThat(node.backplane.subscribe(List.of("zinx:chat:a", "other")).toCompletableFuture())
				.failsWithin(5, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(ClusterUnavailableException.class)
				.withMessageContaining("lacks a permission")
				.withMessageContaining("NOPERM");
			assertThat(node.publishing("other", "one")).failsWithin(5, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(ClusterUnavailableException.class)
				.withMessageContaining("NOPERM");
			assertThat(log.lines()).anyMatch((line) -> line.contains("lacks a permission"));
			node.subscribe("zinx:chat:b");
			assertThat(node.publish("zinx:chat:b", "two")).isEqualTo(1);
		}
	}

	@Test
	void aNodeOfARedisClusterStopsTheStart() {
		try (RedisProcess redis = RedisProcess.start("--cluster-enabled", "yes")) {
			TestBackplane node = TestBackplane.unstarted(redis.uri(), (settings) -> settings);
			assertThatExceptionOfType(RedisBackplaneException.class)
				.isThrownBy(() -> node.backplane.start(node.listener))
				.withMessageContaining("a node of a Redis Cluster, which is not supported");
		}
	}

	@Test
	void aReplicaIsNotUsedUntilItIsAMaster(RedisProcess master) {
		try (RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1 " + master.port());
				CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(replica.uri())) {
			assertThat(node.listener.events).containsExactly("lost");
			assertThat(log.lines()).singleElement().asString().contains("not the master now");
			replica.command("REPLICAOF", "NO", "ONE");
			node.awaitEvents("lost", "restored");
		}
	}

	@Test
	void aRedisThatDoesNotKnowHelloWorksWithAWarning() {
		try (RedisProcess redis = RedisProcess.start("--rename-command", "HELLO", "");
				CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(redis.uri())) {
			assertThat(log.lines()).anyMatch((line) -> line.contains("older than version 6"));
			node.subscribe("a", "b", "c");
			assertThat(node.publish("b", "one")).isEqualTo(1);
			node.unsubscribe("a", "b");
			assertThat(node.publish("b", "two")).isZero();
			node.subscribe("d");
			assertThat(node.publish("d", "three")).isEqualTo(1);
			node.awaitMessages("b=one", "d=three");
		}
	}

	private static String uri(RedisProcess redis, String credentials) {
		return "redis://" + (credentials.isEmpty() ? "" : credentials + "@") + "127.0.0.1:" + redis.port();
	}

	private static void user(RedisProcess redis, String channels, String commands) {
		redis.command(("ACL SETUSER ann reset on >secret " + channels + " " + commands).split(" "));
	}

}
