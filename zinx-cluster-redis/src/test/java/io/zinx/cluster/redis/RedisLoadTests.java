package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.testing.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many topics and many messages; the times are written to {@code target/redis.txt}. With
 * system property {@code zinx.proof.topics}, as {@code .ci/proof redis} sets it, the
 * topics are as many as that, else a tenth of it.
 */
@ExtendWith(RedisServerExtension.class)
class RedisLoadTests {

	private static final int TOPICS = Integer.getInteger("zinx.proof.topics", 10_000);

	private static final int BATCH = 512;

	private static final int ROUNDS = 3;

	@Test
	void manyTopicsAreSubscribedInBatchesAndEachIsReached(RedisProcess redis) {
		Report report = Report.begin("redis.txt");
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			List<String> topics = IntStream.range(0, TOPICS).mapToObj((key) -> "zinx:chat:main:k:user-" + key).toList();
			for (int round = 0; round < ROUNDS; round++) {
				long begin = System.nanoTime();
				for (int at = 0; at < TOPICS; at += BATCH) {
					TestBackplane.join(node.backplane.subscribe(topics.subList(at, Math.min(TOPICS, at + BATCH))));
				}
				report
					.write(TOPICS + " topics subscribed in batches of " + BATCH + " in " + millisSince(begin) + " ms");
				assertThat(node.publish(topics.get(TOPICS - 1), "last")).isEqualTo(1);
				assertThat(redis.command("INFO", "stats")).contains("pubsub_channels:" + TOPICS);
				node.backplane.reconnect();
				node.awaitEvents("restored", "lost", "restored");
				node.listener.events.remove(0);
				node.listener.events.remove(0);
			}
		}
	}

	@Test
	void manySmallMessagesArriveWithBoundedMemory(RedisProcess redis) {
		int count = TOPICS;
		try (TestBackplane node = TestBackplane.start(redis.uri())) {
			node.listener.recording = false;
			node.subscribe("a");
			Queue<CompletableFuture<Long>> waiting = new ArrayDeque<>();
			for (int number = 0; number < count; number++) {
				waiting.add(node.backplane.publish("a", new byte[100]).toCompletableFuture());
				if (number % 64 == 63) {
					node.backplane.flush();
				}
				if (waiting.size() >= 500) {
					assertThat(TestBackplane.join(waiting.remove())).isEqualTo(1);
				}
			}
			node.backplane.flush();
			waiting.forEach((reply) -> assertThat(TestBackplane.join(reply)).isEqualTo(1));
			await().atMost(Duration.ofSeconds(60)).until(() -> node.listener.received.get() == count);
		}
	}

	private static long millisSince(long begin) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
	}

}
