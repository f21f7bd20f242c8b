package io.zinx.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

class ClusterEventsTests {

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final List<Long> counts = new CopyOnWriteArrayList<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.gate.countDown();
		this.executor.shutdown();
	}

	private final ClusterListener broken = new ClusterListener() {

		@Override
		public void messagesLost(String nodeId, PushTarget target, long count) {
			throw new LinkageError("of the test");
		}

	};

	private final ClusterListener noting = new ClusterListener() {

		@Override
		public void messagesLost(String nodeId, PushTarget target, long count) {
			ClusterEventsTests.this.counts.add(count);
		}

		@Override
		public void connected() {
			try {
				ClusterEventsTests.this.gate.await();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	};

	private void tellLost(ClusterEvents events, long count) {
		events.tell((listener) -> listener.messagesLost("a", PushTarget.all(), count));
	}

	@Test
	void eventsComeInOrderAlsoBehindAListenerThatFails() {
		ClusterEvents events = new ClusterEvents(List.of(this.broken, this.noting), this.executor);
		for (long i = 0; i < 20; i++) {
			tellLost(events, i);
		}
		await(() -> this.counts.size() == 20);
		assertThat(this.counts).isSorted();
	}

	@Test
	void aListenerThatBlocksHoldsUpABoundedNumberOfEvents() {
		ClusterEvents events = new ClusterEvents(List.of(this.noting), this.executor);
		events.tell(ClusterListener::connected);
		IntStream.range(0, 3_000).forEach((i) -> tellLost(events, i));
		assertThat(this.counts).isEmpty();
		this.gate.countDown();
		await(() -> this.counts.size() >= ClusterEvents.MOST_WAITING - 1);
		tellLost(events, 5_000);
		await(() -> this.counts.contains(5_000L));
		assertThat(this.counts).hasSizeLessThanOrEqualTo(ClusterEvents.MOST_WAITING + 2);
	}

}
