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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The end of a backplane.
 */
@ExtendWith(RedisServerExtension.class)
class RedisCloseTests {

	@Test
	void whatWaitsIsWrittenBeforeTheEnd(RedisProcess redis) {
		try (TestBackplane other = TestBackplane.start(redis.uri())) {
			other.subscribe("a");
			TestBackplane node = TestBackplane.start(redis.uri());
			CompletableFuture<Long> goodbye = node.backplane.publish("a", "goodbye".getBytes(UTF_8))
				.toCompletableFuture();
			node.close();
			assertThat(goodbye).isCompletedWithValue(1L);
			other.awaitMessages("a=goodbye");
			assertThat(node.listener.events).containsExactly("restored");
		}
	}

	@Test
	void noThreadAndNoConnectionIsLeft(RedisProcess redis) {
		TestBackplane node = TestBackplane.start(redis.uri());
		node.subscribe("a");
		node.publish("a", "one");
		assertThat(ThreadsOfBackplanes.names()).isNotEmpty();
		node.close();
		assertEnded();
		assertThat(redis.command("CLIENT", "LIST").lines()).hasSize(1);
	}

	@Test
	void afterTheEndEverythingFailsAtOnceAndASecondEndDoesNothing(RedisProcess redis) {
		TestBackplane node = TestBackplane.start(redis.uri());
		node.close();
		node.close();
		assertThat(node.publishing("a", "one")).isCompletedExceptionally()
			.failsWithin(0, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(ClusterUnavailableException.class);
		node.backplane.reconnect();
		assertThat(node.backplane.isConnected()).isFalse();
	}

	@Test
	void afterTheEndItMayBeStartedAgain(RedisProcess redis) {
		TestBackplane node = TestBackplane.start(redis.uri());
		assertThatIllegalStateException().isThrownBy(() -> node.backplane.start(node.listener));
		node.close();
		node.backplane.start(node.listener);
		assertThat(node.publishing("a", "one")).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(0L);
		node.close();
	}

	@Test
	void anEndBeforeTheStartHasNoEffect(RedisProcess redis) {
		TestBackplane node = TestBackplane.unstarted(redis.uri(), (settings) -> settings);
		node.close();
		node.backplane.start(node.listener);
		assertThat(node.publishing("a", "one")).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(0L);
		node.close();
	}

	@Test
	void itEndsInTimeWhileRedisIsStopped(RedisProcess redis) {
		TestBackplane node = TestBackplane.start(redis.uri());
		redis.pause();
		CompletableFuture<Long> reply = node.publishing("a", "one");
		long begin = System.nanoTime();
		node.backplane.close(Duration.ofSeconds(2));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
		assertThat(reply).isCompletedExceptionally();
		assertEnded();
		redis.resume();
	}

	@Test
	void itEndsWhileItConnects(RedisProcess redis) throws InterruptedException {
		try (TcpProxy proxy = new TcpProxy(redis.port())) {
			proxy.stall();
			TestBackplane node = TestBackplane.unstarted("redis://127.0.0.1:" + proxy.port(),
					(settings) -> settings.withConnectTimeout(Duration.ofSeconds(30)));
			List<Throwable> thrown = new ArrayList<>();
			Thread starter = new Thread(() -> {
				try {
					node.backplane.start(node.listener);
				}
				catch (RuntimeException ex) {
					thrown.add(ex);
				}
			});
			starter.start();
			await().until(() -> ThreadsOfBackplanes.names().stream().anyMatch((name) -> name.contains("EventLoop")));
			node.close();
			starter.join();
			assertThat(thrown).singleElement().asString().contains("closed");
			assertThat(node.listener.events).isEmpty();
			assertEnded();
		}
	}

	@Test
	void itEndsBetweenTwoAttempts(RedisProcess redis) {
		redis.kill();
		TestBackplane node = TestBackplane.start(redis.uri());
		await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
		node.close();
		assertEnded();
		assertThat(node.listener.events).containsExactly("lost");
	}

	@Test
	void aListenerMayCloseTheBackplane(RedisProcess redis) {
		TestBackplane node = TestBackplane.start(redis.uri());
		node.subscribe("a");
		node.listener.onMessage = () -> node.backplane.close(Duration.ofMillis(500));
		redis.command("PUBLISH", "a", "one");
		await().untilAsserted(() -> assertThat(node.listener.messages).containsExactly("a=one"));
		assertEnded();
	}

	private static void assertEnded() {
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(ThreadsOfBackplanes.names()).isEmpty());
	}

}
