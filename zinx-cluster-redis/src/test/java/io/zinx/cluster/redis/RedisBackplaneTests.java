package io.zinx.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.zinx.cluster.BackplaneListener;
import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.testing.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A backplane on a Redis that works.
 */
@ExtendWith(RedisServerExtension.class)
class RedisBackplaneTests {

	private static final int MESSAGES = 1000;

	@Test
	void aMessageReachesAllWhoHaveSubscribedAndTheAnswerCountsThem(RedisProcess redis) {
		try (TestBackplane first = TestBackplane.start(redis.uri());
				TestBackplane second = TestBackplane.start(redis.uri())) {
			first.subscribe("a", "b");
			second.subscribe("a");
			assertThat(first.publish("a", "one")).isEqualTo(2);
			assertThat(second.publish("b", "two")).isEqualTo(1);
			assertThat(second.publish("c", "three")).isZero();
			first.awaitMessages("a=one", "b=two");
			second.awaitMessages("a=one");
			assertThat(first.listener.events).containsExactly("restored");
		}
	}

	@Test
	void noMoreMessagesArriveAfterTheEndOfASubscription(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a", "b");
			node.unsubscribe("a", "never subscribed");
			assertThat(node.publish("a", "one")).isZero();
			assertThat(node.publish("b", "two")).isEqualTo(1);
			node.awaitMessages("b=two");
		}
	}

	@Test
	void subscribersAreCountedWithoutAFlush(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			assertThat(TestBackplane.join(node.backplane.subscribers("a"))).isEqualTo(1);
			assertThat(TestBackplane.join(node.backplane.subscribers("b"))).isZero();
		}
	}

	@Test
	void aSubscriptionIsCompleteWhenEveryTopicIsAcknowledgedAndNotTheFirstOne(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			for (int round = 0; round < 5; round++) {
				String prefix = "round-" + round + "-";
				List<String> topics = IntStream.range(0, 512).mapToObj((number) -> prefix + number).toList();
				CompletableFuture<Void> one = node.backplane.subscribe(topics.subList(0, 256)).toCompletableFuture();
				CompletableFuture<Void> two = node.backplane.subscribe(topics.subList(256, 512)).toCompletableFuture();
				TestBackplane.join(one);
				assertThat(redis.command("PUBSUB", "NUMSUB", topics.get(255))).endsWith("\n1");
				TestBackplane.join(two);
				assertThat(redis.command("PUBSUB", "NUMSUB", topics.get(511))).endsWith("\n1");
				TestBackplane.join(node.backplane.unsubscribe(topics));
				assertThat(redis.command("PUBSUB", "CHANNELS")).isEmpty();
			}
		}
	}

	@Test
	void noTopicsAreSubscribedAtOnce(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			assertThat(node.backplane.subscribe(List.of())).isCompleted();
			assertThat(node.backplane.unsubscribe(List.of())).isCompleted();
		}
	}

	@Test
	void messagesWaitForTheFlushAndThenArriveInOrder(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			List<CompletableFuture<Long>> replies = new ArrayList<>();
			for (int number = 0; number < 1000; number++) {
				replies.add(node.backplane.publish("a", String.valueOf(number).getBytes(StandardCharsets.UTF_8))
					.toCompletableFuture());
			}
			assertThat(redis.command("INFO", "commandstats")).doesNotContain("cmdstat_publish");
			assertThat(replies).noneMatch(CompletableFuture::isDone);
			node.backplane.flush();
			replies.forEach((reply) -> assertThat(TestBackplane.join(reply)).isEqualTo(1));
			node.awaitMessages(IntStream.range(0, 1000).mapToObj((number) -> "a=" + number).toArray(String[]::new));
		}
	}

	@Test
	void whatSeveralThreadsPublishAndFlushKeepsTheOrderOfEach(RedisProcess redis) throws InterruptedException {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("t0", "t1", "t2", "t3");
			List<Thread> threads = IntStream.range(0, 4).mapToObj((thread) -> new Thread(() -> {
				for (int number = 0; number < MESSAGES; number++) {
					node.publishing("t" + thread, String.valueOf(number));
				}
			})).toList();
			threads.forEach(Thread::start);
			for (Thread thread : threads) {
				thread.join();
			}
			await().until(() -> node.listener.messages.size() == 4 * MESSAGES);
			for (int thread = 0; thread < 4; thread++) {
				String prefix = "t" + thread + "=";
				assertThat(node.listener.messages.stream().filter((message) -> message.startsWith(prefix)))
					.containsExactlyElementsOf(
							IntStream.range(0, MESSAGES).mapToObj((number) -> prefix + number).toList());
			}
			assertThat(node.listener.overlaps).hasValue(0);
		}
	}

	@Test
	void aMessageThatNobodyFlushesFailsInTimeAsSurelyNotSent(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(),
				(settings) -> settings.withCommandTimeout(Duration.ofMillis(50)))) {
			node.subscribe("a");
			CompletableFuture<Long> late = node.backplane.publish("a", new byte[1]).toCompletableFuture();
			assertThat(late).failsWithin(2, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(ClusterUnavailableException.class);
			assertThat(node.publish("a", "next")).isEqualTo(1);
			node.awaitMessages("a=next");
		}
	}

	@Test
	void anyBytesReachTheListenerAsTheyAre(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("a");
			byte[] garbage = new byte[512];
			for (int index = 0; index < garbage.length; index++) {
				garbage[index] = (byte) index;
			}
			node.backplane.publish("a", garbage);
			TestBackplane.join(flushed(node, node.backplane.publish("a", new byte[0])));
			redis.command("PUBLISH", "a", "*3\r\n$9\r\nsubscribe\r\n");
			await().until(() -> node.listener.bodies.size() == 3);
			assertThat(node.listener.bodies.get(0)).isEqualTo(garbage);
			assertThat(node.listener.bodies.get(1)).isEmpty();
			assertThat(node.listener.messages.get(2)).isEqualTo("a=*3\r\n$9\r\nsubscribe\r\n");
		}
	}

	@Test
	void topicsMayHaveAnyCharacters(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.subscribe("zinx:a b:\u5f20\r\n:*?[x]", "");
			assertThat(node.publish("zinx:a b:\u5f20\r\n:*?[x]", "one")).isEqualTo(1);
			assertThat(node.publish("", "two")).isEqualTo(1);
			node.awaitMessages("zinx:a b:\u5f20\r\n:*?[x]=one", "=two");
		}
	}

	@Test
	void messagesOfAMegabyteArriveWhole(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(),
				(settings) -> settings.withCommandTimeout(Duration.ofSeconds(5)))) {
			node.subscribe("a");
			for (int number = 0; number < 8; number++) {
				byte[] message = new byte[(1 << 20) + number];
				Arrays.fill(message, (byte) number);
				CompletableFuture<Long> reply = node.backplane.publish("a", message).toCompletableFuture();
				node.backplane.flush();
				assertThat(TestBackplane.join(reply)).isEqualTo(1);
			}
			await().until(() -> node.listener.bodies.size() == 8);
			for (int number = 0; number < 8; number++) {
				assertThat(node.listener.bodies.get(number)).hasSize((1 << 20) + number).containsOnly((byte) number);
			}
		}
	}

	@Test
	void connectionsHaveTheConfiguredNameWithoutForbiddenCharacters(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri(),
				(settings) -> settings.withClientName("chat node\n1"))) {
			assertThat(node.backplane.isConnected()).isTrue();
			assertThat(redis.command("CLIENT", "LIST")).contains("name=chat_node_1-publish ",
					"name=chat_node_1-subscribe ");
		}
	}

	@Test
	void aListenerThatThrowsIsLoggedAndGetsTheNextMessage(RedisProcess redis) {
		List<String> seen = new ArrayList<>();
		RedisBackplane backplane = TestBackplane.unstarted(redis.uri(), (settings) -> settings).backplane;
		try (CapturedLog log = new CapturedLog("io.zinx.cluster.redis")) {
			backplane.start(new BackplaneListener() {

				@Override
				public synchronized void received(String topic, byte[] message) {
					seen.add(topic);
					throw new IllegalStateException("thrown by the listener");
				}

				@Override
				public void restored() {
					throw new AssertionError("also thrown by the listener");
				}

				@Override
				public void lost(@Nullable Throwable cause) {
				}

			});
			TestBackplane.join(backplane.subscribe(List.of("a")));
			redis.command("PUBLISH", "a", "one");
			redis.command("PUBLISH", "a", "two");
			await().until(() -> seen.size() == 2);
			assertThat(log.lines()).anyMatch((line) -> line.contains("A listener of the backplane has failed"));
		}
		finally {
			backplane.close(Duration.ofSeconds(5));
		}
	}

	private static <T> T flushed(TestBackplane node, T reply) {
		node.backplane.flush();
		return reply;
	}

	@Test
	void aBackplaneStartsOnce(RedisProcess redis) {
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			assertThatIllegalStateException().isThrownBy(() -> node.backplane.start(new RecordingListener()));
		}
	}

}
