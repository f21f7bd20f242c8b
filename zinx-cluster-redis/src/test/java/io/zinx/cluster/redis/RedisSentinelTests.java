package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisSentinel;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A master that a Sentinel names.
 */
@ExtendWith(RedisServerExtension.class)
class RedisSentinelTests {

	@Test
	void theMasterIsFoundAndAfterItsDeathTheNewOne(RedisSentinel redis) {
		try (TestBackplane first = TestBackplane.start(redis.uri());
				TestBackplane second = TestBackplane.start(redis.uri())) {
			first.subscribe("a");
			assertThat(second.publish("a", "one")).isEqualTo(1);
			assertThat(redis.master().command("PUBSUB", "NUMSUB", "a")).endsWith("\n1");
			redis.master().kill();
			first.awaitEvents("restored", "lost");
			await().atMost(Duration.ofSeconds(40))
				.untilAsserted(() -> assertThat(first.listener.events).containsExactly("restored", "lost", "restored"));
			await().untilAsserted(() -> assertThat(second.backplane.isConnected()).isTrue());
			first.subscribe("a");
			assertThat(second.publish("a", "two")).isEqualTo(1);
			first.awaitMessages("a=one", "a=two");
			assertThat(redis.replica().command("PUBSUB", "NUMSUB", "a")).endsWith("\n1");
		}
	}

	@Test
	void aFailoverByHandMovesAllToTheNewMaster(RedisSentinel redis) {
		try (TestBackplane first = TestBackplane.start(redis.uri());
				TestBackplane second = TestBackplane.start(redis.uri())) {
			redis.sentinel().command("SENTINEL", "FAILOVER", RedisSentinel.MASTER);
			await().atMost(Duration.ofSeconds(40))
				.untilAsserted(() -> assertThat(redis.replica().command("CLIENT", "LIST").lines())
					.filteredOn((line) -> line.contains("name=zinx-"))
					.hasSize(4));
			await().until(() -> first.backplane.isConnected() && second.backplane.isConnected());
			first.subscribe("a");
			CompletableFuture<Long> reply = second.publishing("a", "one");
			assertThat(TestBackplane.join(reply)).isEqualTo(1);
		}
	}

	@Test
	void aSentinelThatIsAwayIsSkipped(RedisSentinel redis) {
		String both = "redis-sentinel://127.0.0.1:1,127.0.0.1:" + redis.sentinel().port() + "#" + RedisSentinel.MASTER;
		try (TestBackplane node = TestBackplane.start(both)) {
			assertThat(node.listener.events).containsExactly("restored");
		}
	}

	@Test
	void aMasterThatNoSentinelKnowsIsLoggedAndAskedForAgain(RedisSentinel redis) {
		String other = "redis-sentinel://127.0.0.1:" + redis.sentinel().port() + "#other";
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(other)) {
			assertThat(node.listener.events).containsExactly("lost");
			assertThat(log.lines()).singleElement().asString().contains("It knows no master other");
		}
	}

	@Test
	void aSentinelInPlaceOfAServerStopsTheStart(RedisSentinel redis) {
		RedisProcess sentinel = redis.sentinel();
		TestBackplane node = TestBackplane.unstarted(sentinel.uri(), (settings) -> settings);
		assertThatExceptionOfType(RedisBackplaneException.class).isThrownBy(() -> node.backplane.start(node.listener))
			.withMessageContaining("It is a Sentinel: configure it as one");
	}

}
