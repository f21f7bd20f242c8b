package io.zinx.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.zinx.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

class InboundTests {

	private final ClusterThreads threads = new ClusterThreads(TestThreads.named("test"));

	private final ClusterMetrics metrics = new ClusterMetrics();

	private final List<String> handled = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.threads.end();
	}

	@Test
	void theMessagesOfATopicAreHandledInOrderOnWorkersAndNeverByTheCaller() {
		Set<Thread> used = ConcurrentHashMap.newKeySet();
		InboundWorkers workers = new InboundWorkers(1 << 20, this.threads, () -> (topic, message) -> {
			used.add(Thread.currentThread());
			this.handled.add(topic + message[0]);
		}, this.metrics);
		for (int i = 0; i < 100; i++) {
			workers.receive("a", new byte[] { (byte) i });
			workers.receive("b", new byte[] { (byte) i });
		}
		await(() -> this.handled.size() == 200);
		for (String topic : List.of("a", "b")) {
			assertThat(this.handled.stream().filter((line) -> line.startsWith(topic)))
				.isEqualTo(IntStream.range(0, 100).mapToObj((i) -> topic + i).toList());
		}
		assertThat(used).isNotEmpty().allMatch((thread) -> thread.isDaemon() && thread.getName().contains("-cluster-"));
		await(() -> workers.bytes() == 0);
	}

	@Test
	void whatExceedsTheBoundIsDroppedAndCountedByFrames() {
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger count = new AtomicInteger();
		InboundWorkers workers = new InboundWorkers(10_000, this.threads, () -> (topic, message) -> {
			count.incrementAndGet();
			pass(gate);
		}, this.metrics);
		for (int i = 0; i < 100; i++) {
			workers.receive("topic" + i, new byte[900]);
		}
		assertThat(workers.bytes()).isBetween(9_000L, 10_000L);
		assertThat(this.metrics.framesDropped(FrameDropReason.INBOUND_FULL)).isEqualTo(90);
		workers.receive("a", new byte[] { 0, 0, 0, 2, 1, 1, 0, 0, 0, 2, 1, 1 });
		workers.receive("big", new byte[20_000]);
		gate.countDown();
		await(() -> workers.bytes() == 0);
		assertThat(count.get()).isBetween(10, 11);
		assertThat(this.metrics.framesDropped(FrameDropReason.INBOUND_FULL)).isBetween(91L, 93L);
	}

	private static void pass(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aMessageThatFailsDoesNotStopTheOthersAndGivesItsRoomBack() {
		ByteBudget budget = new ByteBudget(1_000_000);
		InboundQueue queue = new InboundQueue(budget, this.threads.pool(), (topic, message) -> {
			this.handled.add(topic);
			throw new IllegalStateException("of the test");
		});
		for (int i = 0; i < 1_000; i++) {
			assertThat(queue.add("t" + i, new byte[0])).isTrue();
		}
		await(() -> this.handled.size() == 1_000 && budget.taken() == 0);
	}

	@Test
	void emptyMessagesTakeRoomToo() {
		ByteBudget budget = new ByteBudget(1_000);
		InboundQueue queue = new InboundQueue(budget, (task) -> {
		}, (topic, message) -> {
		});
		IntStream.range(0, 1_000).forEach((i) -> queue.add("", new byte[0]));
		assertThat(queue.add("", new byte[0])).isFalse();
		assertThat(budget.taken()).isLessThanOrEqualTo(1_000);
	}

}
