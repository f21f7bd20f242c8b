package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.cluster.redis.testing.TcpProxy;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A backplane whose Redis goes away, hangs, or drops it.
 */
@ExtendWith(RedisServerExtension.class)
class RedisOutageTests {

	@Test
	void aKilledRedisIsFoundAgainAfterItsRestartWithoutSubscriptions(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			redis.kill();
			node.awaitEvents("restored", "lost");
			assertThat(node.backplane.isConnected()).isFalse();
			assertUnavailable(node.publishing("a", "one"));
			assertUnavailable(node.backplane.subscribe(List.of("b")).toCompletableFuture());
			assertUnavailable(node.backplane.unsubscribe(List.of("a")).toCompletableFuture());
			assertUnavailable(node.backplane.subscribers("a").toCompletableFuture());
			redis.restart();
			long returned = System.nanoTime();
			node.awaitEvents("restored", "lost", "restored");
			assertThat(Duration.ofNanos(System.nanoTime() - returned)).isLessThan(Duration.ofSeconds(6));
			assertThat(node.publish("a", "two")).isZero();
			node.subscribe("a");
			assertThat(node.publish("a", "three")).isEqualTo(1);
			node.awaitMessages("a=three");
		}
	}

	@Test
	void aRedisThatIsAwayAtTheStartIsToldOnceLoggedOnceAndFoundLater(RedisProcess redis) {
		redis.kill();
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(redis.uri())) {
			assertThat(node.listener.events).containsExactly("lost");
			assertThat(node.listener.cause).isNotNull();
			assertUnavailable(node.publishing("a", "one"));
			await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
			assertThat(node.listener.events).containsExactly("lost");
			redis.restart();
			node.awaitEvents("lost", "restored");
			node.subscribe("a");
			assertThat(node.publish("a", "two")).isEqualTo(1);
			assertThat(log.lines()).filteredOn((line) -> line.contains("Could not connect"))
				.singleElement()
				.asString()
				.contains("Could not connect to Redis; trying again: Unable to connect", "refused");
			assertThat(log.lines()).last().asString().contains("Connected to Redis");
		}
	}

	@Test
	void nothingHangsWhileRedisIsStoppedForThreeSeconds(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(),
				(settings) -> settings.withCommandTimeout(Duration.ofMillis(500)))) {
			node.subscribe("a");
			redis.pause();
			long paused = System.nanoTime();
			List<CompletableFuture<?>> replies = new ArrayList<>();
			for (int number = 0; number < 100; number++) {
				replies.add(node.publishing("a", String.valueOf(number)));
			}
			replies.add(node.backplane.subscribe(List.of("b")).toCompletableFuture());
			replies.add(node.backplane.subscribe(List.of("c")).toCompletableFuture());
			replies.add(node.backplane.subscribers("a").toCompletableFuture());
			for (CompletableFuture<?> reply : replies) {
				assertThat(reply).failsWithin(2, TimeUnit.SECONDS);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - paused)).isBetween(Duration.ofMillis(490),
					Duration.ofSeconds(2));
			assertThat(node.listener.events).containsExactly("restored");
			await().pollDelay(Duration.ofNanos(3_000_000_000L - (System.nanoTime() - paused))).until(() -> true);
			redis.resume();
			await().untilAsserted(() -> assertThat(node.listener.messages).hasSize(100));
			node.subscribe("d");
			assertThat(node.publish("d", "after")).isEqualTo(1);
			await().until(() -> node.listener.messages.contains("d=after"));
			assertThat(redis.command("PUBSUB", "NUMSUB", "a", "b", "c")).isEqualTo("a\n1\nb\n1\nc\n0");
		}
	}

	@Test
	void aStoppedRedisIsGivenUpByForceAndFoundWhenItContinues(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			redis.pause();
			CompletableFuture<Long> pending = node.publishing("a", "one");
			node.backplane.reconnect();
			assertThat(pending).failsWithin(1, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(NoAnswerException.class);
			node.awaitEvents("restored", "lost");
			node.backplane.reconnect();
			redis.resume();
			node.awaitEvents("restored", "lost", "restored");
			node.subscribe("a");
			assertThat(node.publish("a", "two")).isEqualTo(1);
		}
	}

	@Test
	void aConnectionThatSubscribesAndIsKilledTakesTheOtherOneAlongAndIsExplained(RedisProcess redis) {
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			redis.command("CLIENT", "KILL", "TYPE", "pubsub");
			node.awaitEvents("restored", "lost", "restored");
			node.subscribe("a");
			assertThat(node.publish("a", "one")).isEqualTo(1);
			await().untilAsserted(() -> assertThat(log.lines())
				.anyMatch((line) -> line.contains("client-output-buffer-limit pubsub")));
			await().untilAsserted(() -> assertThat(connections(redis)).isEqualTo(2));
		}
	}

	@Test
	void aConnectionThatPublishesAndIsKilledTakesTheOtherOneAlong(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			redis.command("CLIENT", "KILL", "TYPE", "normal");
			node.awaitEvents("restored", "lost", "restored");
			assertThat(node.publish("a", "one")).isZero();
			await().untilAsserted(() -> assertThat(connections(redis)).isEqualTo(2));
		}
	}

	private static long connections(RedisProcess redis) {
		return redis.command("CLIENT", "LIST").lines().filter((line) -> line.contains("name=zinx-")).count();
	}

	@Test
	void aRedisThatClosesSlowReceiversIsNamedInTheLogAndEveryReplyComes(RedisProcess redis) {
		redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 50000 20000 1");
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			List<CompletableFuture<Long>> replies = new ArrayList<>();
			for (int number = 0; number < 5; number++) {
				replies.add(node.backplane.publish("a", new byte[200_000]).toCompletableFuture());
			}
			node.backplane.flush();
			await().untilAsserted(() -> assertThat(replies).allMatch(CompletableFuture::isDone));
			node.awaitEvents("restored", "lost", "restored");
			await().untilAsserted(() -> assertThat(log.lines())
				.anyMatch((line) -> line.contains("client-output-buffer-limit pubsub")));
			assertThat(node.publish("a", "small")).isZero();
		}
	}

	@Test
	void aMessageThatIsTooLongIsNotKeptInMemoryAndOneOfItsSizeIsNotSent(RedisProcess redis) {
		redis.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 0 0 0");
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			assertUnavailable(node.backplane.publish("a", new byte[32 << 20]).toCompletableFuture());
			redis.command("PUBLISH", "a", "x".repeat(40 << 20));
			node.awaitEvents("restored", "lost", "restored");
			assertThat(log.lines()).anyMatch((line) -> line.contains("more than 33554432 bytes"));
			node.subscribe("a");
			assertThat(node.publish("a", "small")).isEqualTo(1);
			node.awaitMessages("a=small");
		}
	}

	@Test
	void emptyingAllDatabasesChangesNothing(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			redis.command("FLUSHALL");
			assertThat(node.publish("a", "one")).isEqualTo(1);
			node.awaitMessages("a=one");
			assertThat(node.listener.events).containsExactly("restored");
		}
	}

	@Test
	void aCutNetworkIsNoticedAndMendedAndOneWarningIsEnough(RedisProcess redis) {
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis");
				TcpProxy proxy = new TcpProxy(redis.port());
				TestBackplane node = TestBackplane.start("redis://127.0.0.1:" + proxy.port())) {
			node.subscribe("a");
			CompletableFuture<Long> pending = node.publishing("b", "one");
			proxy.cut();
			node.awaitEvents("restored", "lost");
			assertThat(pending).satisfiesAnyOf((reply) -> assertThat(reply).isCompleted(),
					(reply) -> assertThat(reply).isCompletedExceptionally());
			await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
			proxy.mend();
			node.awaitEvents("restored", "lost", "restored");
			node.subscribe("a");
			assertThat(node.publish("a", "two")).isEqualTo(1);
			assertThat(log.lines()).filteredOn((line) -> line.contains("trying again")).hasSize(1);
		}
	}

	@Test
	void aSlowNetworkDelaysAnswersAndLosesNothing(RedisProcess redis) {
		try (TcpProxy proxy = new TcpProxy(redis.port());
				TestBackplane node = TestBackplane.start("redis://127.0.0.1:" + proxy.port())) {
			node.subscribe("a");
			proxy.delay(200);
			long sent = System.nanoTime();
			assertThat(node.publish("a", "one")).isEqualTo(1);
			assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThan(Duration.ofMillis(390));
			node.awaitMessages("a=one");
			assertThat(node.listener.events).containsExactly("restored");
		}
	}

	@Test
	void aNetworkThatStallsWhileConnectingIsTriedAgain(RedisProcess redis) {
		try (TcpProxy proxy = new TcpProxy(redis.port())) {
			proxy.stall();
			try (TestBackplane node = TestBackplane.start("redis://127.0.0.1:" + proxy.port(),
					(settings) -> settings.withConnectTimeout(Duration.ofMillis(300)))) {
				node.awaitEvents("lost");
				proxy.mend();
				node.awaitEvents("lost", "restored");
			}
		}
	}

	@Test
	void messagesThatRedisDoesNotAnswerAreBoundedInBytesAlsoAfterTheirTime(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(),
				(settings) -> settings.withCommandTimeout(Duration.ofMillis(100)).withMaxUnanswered(1 << 20))) {
			redis.pause();
			List<CompletableFuture<Long>> replies = new ArrayList<>();
			for (int number = 0; number < 20; number++) {
				replies.add(node.backplane.publish("a", new byte[100_000]).toCompletableFuture());
				node.backplane.flush();
			}
			replies.subList(0, 10).forEach((reply) -> assertThat(reply).failsWithin(5, TimeUnit.SECONDS));
			replies.subList(11, 20).forEach(RedisOutageTests::assertUnavailable);
			assertUnavailable(node.backplane.publish("a", new byte[100_000]).toCompletableFuture());
			redis.resume();
			await().ignoreExceptions().untilAsserted(() -> assertThat(node.publish("a", "small")).isZero());
		}
	}

	@Test
	void commandsThatRedisDoesNotAnswerAreBoundedInNumber(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(), (settings) -> settings.withRequestQueueSize(100))) {
			redis.pause();
			List<CompletableFuture<Long>> replies = new ArrayList<>();
			for (int number = 0; number < 200; number++) {
				replies.add(node.publishing("a", "x"));
			}
			replies.subList(100, 200).forEach(RedisOutageTests::assertUnavailable);
			redis.resume();
			replies.subList(0, 100).forEach((reply) -> assertThat(TestBackplane.join(reply)).isZero());
			assertThat(node.publish("a", "next")).isZero();
		}
	}

	private static void assertUnavailable(CompletableFuture<?> reply) {
		assertThat(reply).isCompletedExceptionally()
			.failsWithin(0, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(ClusterUnavailableException.class);
	}

}
