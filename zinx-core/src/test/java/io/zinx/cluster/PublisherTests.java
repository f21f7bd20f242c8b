package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.netty.buffer.Unpooled;
import io.zinx.connection.BroadcastResult;
import io.zinx.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static io.zinx.cluster.TestNode.result;
import static org.assertj.core.api.Assertions.assertThat;

class PublisherTests {

	private static final BroadcastResult NOBODY = new BroadcastResult(0, 0, 0, 0);

	private final ManualBackplane backplane = new ManualBackplane();

	private final ClusterFrameWriter frames = new ClusterFrameWriter("server", "a");

	private final ClusterThreads threads = new ClusterThreads(TestThreads.named("test"));

	private final Set<String> own = ConcurrentHashMap.newKeySet();

	private final ClusterMetrics metrics = new ClusterMetrics();

	private final Publisher publisher = publisher(Duration.ofSeconds(30));

	private Publisher publisher(Duration timeout) {
		return new Publisher(this.backplane, this.frames, this.own::contains, this.threads, new ClusterSettings("test",
				"a", Duration.ofSeconds(3), Duration.ofSeconds(10), timeout, 10_000, 10_000));
	}

	@AfterEach
	void end() {
		this.backplane.gate.countDown();
		this.publisher.close();
		this.threads.end();
	}

	private byte[] frame(int bodyLength) {
		return this.frames.draft(FrameKind.PUSH, PushTarget.key("k"), 1, bodyLength)
			.write(Unpooled.wrappedBuffer(new byte[bodyLength]));
	}

	private CompletableFuture<PushResult> push(Publisher publisher, String topic, BroadcastResult local) {
		byte[] frame = frame(10);
		CompletableFuture<PushResult> result = new CompletableFuture<>();
		assertThat(publisher.reserve(frame.length)).isTrue();
		publisher.publish(new Push(topic, frame, local, result, this.metrics));
		return result;
	}

	private CompletableFuture<PushResult> push(String topic) {
		return push(this.publisher, topic, NOBODY);
	}

	private ManualBackplane.Message published(int index) {
		await(() -> this.backplane.published.size() > index);
		return this.backplane.published.get(index);
	}

	private static List<Long> numbers(byte[] message) {
		List<Long> numbers = new ArrayList<>();
		ClusterFrameReader.read(message, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				numbers.add(frame.sequence() & 0xFFFF_FFFFL);
			}

			@Override
			public void dropped(FrameDropReason reason) {
				throw new AssertionError(reason);
			}

		});
		return numbers;
	}

	@Test
	void theAnswerLessTheOwnSubscriptionIsTheNumberOfNodes() {
		this.own.add("mine");
		CompletableFuture<PushResult> mine = push("mine");
		published(0).answer().complete(3L);
		assertThat(result(mine)).isEqualTo(new PushResult(NOBODY, 2, PushState.SENT));
		CompletableFuture<PushResult> onlyMine = push("mine");
		published(1).answer().complete(1L);
		assertThat(result(onlyMine).state()).isEqualTo(PushState.NO_RECEIVER);
		CompletableFuture<PushResult> nobody = push("mine");
		published(2).answer().complete(0L);
		assertThat(result(nobody).nodes()).isZero();
		CompletableFuture<PushResult> left = push("mine");
		published(3);
		this.own.clear();
		published(3).answer().complete(1L);
		assertThat(result(left).state()).isEqualTo(PushState.NO_RECEIVER);
		CompletableFuture<PushResult> joined = push("mine");
		published(4);
		this.own.add("mine");
		published(4).answer().complete(1L);
		assertThat(result(joined).nodes()).isZero();
		CompletableFuture<PushResult> local = push(this.publisher, "mine", new BroadcastResult(1, 0, 0, 0));
		published(5).answer().complete(1L);
		assertThat(result(local).state()).isEqualTo(PushState.SENT);
		assertThat(this.metrics.pushes(PushState.SENT)).isEqualTo(2);
		assertThat(this.metrics.pushes(PushState.NO_RECEIVER)).isEqualTo(4);
	}

	@Test
	void whatWaitsTogetherForOneTopicSharesAMessageAndOneFlush() {
		this.backplane.gate = new CountDownLatch(1);
		CompletableFuture<PushResult> first = push("first");
		await(() -> this.backplane.publishing.get() == 1);
		List<CompletableFuture<PushResult>> together = List.of(push("a"), push("a"), push("a"), push("b"), push("a"));
		this.backplane.gate.countDown();
		published(3);
		await(() -> this.backplane.flushes.get() > 0);
		assertThat(this.backplane.published).extracting(ManualBackplane.Message::topic)
			.containsExactly("first", "a", "b", "a");
		assertThat(numbers(published(1).bytes())).containsExactly(1L, 2L, 3L);
		assertThat(numbers(published(3).bytes())).containsExactly(4L);
		assertThat(this.backplane.flushes).hasValue(1);
		this.backplane.published.forEach((message) -> message.answer().complete(1L));
		assertThat(together).allMatch((result) -> result(result).nodes() == 1);
		assertThat(result(first).isSent()).isTrue();
		assertThat(this.publisher.pendingBytes()).isZero();
		assertThat(this.publisher.waiting()).isZero();
	}

	@Test
	void aPushThatWasRefusedIsUnavailableAndItsNumberIsUsedAgain() {
		push("a");
		published(0).answer().complete(1L);
		this.backplane.gate = new CountDownLatch(1);
		CompletableFuture<PushResult> refused = push("a");
		await(() -> this.backplane.publishing.get() == 2);
		this.backplane.connected = false;
		this.backplane.gate.countDown();
		assertThat(result(refused).state()).isEqualTo(PushState.UNAVAILABLE);
		this.backplane.connected = true;
		int before = this.backplane.published.size();
		push("a");
		assertThat(numbers(published(before).bytes())).containsExactly(2L);
	}

	@Test
	void aPushThatFailsOtherwiseIsUnknown() {
		CompletableFuture<PushResult> failed = push("a");
		published(0).answer().completeExceptionally(new IllegalStateException("of the test"));
		assertThat(result(failed).state()).isEqualTo(PushState.UNKNOWN);
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	@Test
	void whatWaitsInTheQueueWhenTheConnectionIsLostIsUnavailableAtOnce() {
		this.backplane.gate = new CountDownLatch(1);
		CompletableFuture<PushResult> first = push("first");
		await(() -> this.backplane.publishing.get() == 1);
		CompletableFuture<PushResult> second = push("second");
		this.backplane.connected = false;
		assertThat(this.publisher.reserve(1)).isFalse();
		this.publisher.lost();
		this.backplane.gate.countDown();
		assertThat(result(first).state()).isEqualTo(PushState.UNAVAILABLE);
		assertThat(result(second).state()).isEqualTo(PushState.UNAVAILABLE);
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	@Test
	void bytesAreHeldUntilTheAnswerAndGivenBackIfTheConnectionIsGone() {
		Publisher quick = publisher(Duration.ofSeconds(1));
		CompletableFuture<PushResult> late = push(quick, "a", NOBODY);
		assertThat(result(late).state()).isEqualTo(PushState.UNKNOWN);
		assertThat(quick.pendingBytes()).isPositive();
		published(0).answer().complete(1L);
		assertThat(quick.pendingBytes()).isZero();
		CompletableFuture<PushResult> never = push(quick, "a", NOBODY);
		assertThat(result(never).state()).isEqualTo(PushState.UNKNOWN);
		quick.lost();
		await(() -> quick.pendingBytes() == 0);
		published(1).answer().complete(1L);
		assertThat(quick.pendingBytes()).isZero();
	}

	@Test
	void aPushThatIsNotPublishedInTimeIsUnavailable() {
		Publisher quick = publisher(Duration.ofSeconds(1));
		this.backplane.gate = new CountDownLatch(1);
		CompletableFuture<PushResult> first = push(quick, "a", NOBODY);
		await(() -> this.backplane.publishing.get() == 1);
		CompletableFuture<PushResult> second = push(quick, "b", NOBODY);
		assertThat(result(second).state()).isEqualTo(PushState.UNAVAILABLE);
		assertThat(result(first).state()).isEqualTo(PushState.UNKNOWN);
		this.backplane.gate.countDown();
		await(() -> this.backplane.published.size() == 1);
		published(0).answer().complete(1L);
		await(() -> quick.pendingBytes() == 0);
		assertThat(this.backplane.published).hasSize(1);
	}

	@Test
	void thereIsRoomForSoManyBytesAndForNothingLonger() {
		assertThat(this.publisher.reserve(10_001)).isFalse();
		assertThat(this.publisher.reserve(Long.MAX_VALUE - 100)).isFalse();
		assertThat(this.publisher.reserve(9_000)).isTrue();
		assertThat(this.publisher.reserve(1_000)).isFalse();
		this.publisher.giveBack(9_000);
		assertThat(this.publisher.pendingBytes()).isZero();
	}

	@Test
	void everythingEndsWithItsEndAndNothingIsPublishedAfterIt() {
		CompletableFuture<PushResult> published = push("a");
		published(0);
		this.backplane.gate = new CountDownLatch(1);
		push("b");
		await(() -> this.backplane.publishing.get() == 2);
		CompletableFuture<PushResult> queued = push("c");
		assertThat(this.publisher.reserve(10)).isTrue();
		this.publisher.close();
		assertThat(result(published).state()).isEqualTo(PushState.UNKNOWN);
		assertThat(result(queued).state()).isEqualTo(PushState.UNAVAILABLE);
		CompletableFuture<PushResult> late = new CompletableFuture<>();
		this.publisher.publish(new Push("d", frame(1), NOBODY, late, this.metrics));
		assertThat(late).isCompletedWithValue(new PushResult(NOBODY, 0, PushState.UNAVAILABLE));
		assertThat(this.publisher.reserve(1)).isFalse();
	}

}
