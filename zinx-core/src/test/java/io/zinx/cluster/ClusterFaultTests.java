package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static io.zinx.cluster.TestNode.result;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers on real sockets as one cluster, while their backplane fails.
 */
class ClusterFaultTests {

	private static final String ANNS_TOPIC = "zinx:test:server:k:ann";

	private final TestCluster cluster = new TestCluster();

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void whileTheBackplaneIsAwayLocalPushesGoOnAndOthersAreUnavailableAtOnce() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann"); SocketClient bob = nodes.get(1).login("bob")) {
			nodes.get(0).backplane.disconnect();
			await(() -> nodes.get(0).events.contains("disconnected"));
			PushResult local = nodes.get(0).send(PushTarget.all(), "here");
			assertThat(local.state()).isEqualTo(PushState.UNAVAILABLE);
			assertThat(local.local().reached()).isEqualTo(1);
			assertThat(ann.receive().text()).isEqualTo("here");
			assertThat(nodes.get(0).member.isOnline("bob")).isCompletedExceptionally();
			assertThat(result(nodes.get(0).member.isOnline("ann"))).isTrue();
			assertThat(nodes.get(0).member.status().subscriptions()).isZero();
			assertThat(nodes.get(0).member.status().awaitedSubscriptions()).isEqualTo(1);
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "lost").state()).isEqualTo(PushState.NO_RECEIVER);
			nodes.get(0).backplane.connect();
			nodes.get(0).awaitSubscribed();
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "back").nodes()).isEqualTo(1);
			assertThat(ann.receive().text()).isEqualTo("back");
			assertThat(nodes.get(0).send(PushTarget.key("bob"), "too").nodes()).isEqualTo(1);
			assertThat(bob.receive().text()).isEqualTo("too");
			await(() -> nodes.get(0).events.stream().filter("connected"::equals).count() == 2);
			assertThat(nodes.get(0).member.status().lastError()).isNotNull();
		}
	}

	@Test
	void whatCameAndWentWhileTheBackplaneWasAwayIsSubscribedAsItIsNow() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		SocketClient ann = nodes.get(0).login("ann");
		nodes.get(0).backplane.disconnect();
		await(() -> !nodes.get(0).member.status().connected());
		ann.close();
		await(() -> nodes.get(0).connections().size() == 0);
		try (SocketClient bob = SocketClient.connect(nodes.get(0).server.port())) {
			bob.send(1, "bob").receive();
			nodes.get(0).backplane.connect();
			nodes.get(0).awaitSubscribed();
			assertThat(nodes.get(0).member.status().subscriptions()).isEqualTo(3);
			assertThat(result(nodes.get(1).member.isOnline("bob"))).isTrue();
			assertThat(result(nodes.get(1).member.isOnline("ann"))).isFalse();
		}
	}

	@Test
	void aPushWithoutAnswerIsUnknownInTime() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			nodes.get(1).backplane.silent = true;
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "one").state()).isEqualTo(PushState.UNKNOWN);
			assertThat(ann.receive().text()).isEqualTo("one");
			assertThat(nodes.get(1).member.isOnline("ann")).failsWithin(Duration.ofSeconds(10));
			nodes.get(1).backplane.silent = false;
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "two").state()).isEqualTo(PushState.SENT);
		}
	}

	@Test
	void whatWaitsForTheBackplaneIsBoundedAndFreeAgainWithTheNextConnection() {
		TestNode node = this.cluster.nodes("a").get(0);
		node.backplane.silent = true;
		byte[] body = new byte[100_000];
		List<CompletionStage<PushResult>> results = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			results.add(node.member.send(PushTarget.key("nobody"), 7, body));
		}
		assertThat(node.member.status().pendingBytes()).isBetween(1_000_000L, 1L << 20);
		assertThat(results.stream().filter((result) -> result(result).state() == PushState.UNAVAILABLE)).hasSize(20);
		assertThat(results.stream().filter((result) -> result(result).state() == PushState.UNKNOWN)).hasSize(10);
		assertThat(node.member.status().pendingBytes()).isGreaterThan(1_000_000L);
		node.backplane.silent = false;
		node.backplane.end.reconnect();
		await(() -> node.member.status().pendingBytes() == 0);
		node.awaitSubscribed();
		assertThat(node.send(PushTarget.key("nobody"), "x").state()).isEqualTo(PushState.NO_RECEIVER);
	}

	@Test
	void aGapIsCountedAndTold() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			nodes.get(1).send(PushTarget.key("ann"), "one");
			assertThat(ann.receive().text()).isEqualTo("one");
			nodes.get(0).backplane.drop(2);
			nodes.get(1).send(PushTarget.key("ann"), "two");
			nodes.get(1).send(PushTarget.key("ann"), "three");
			nodes.get(1).send(PushTarget.key("ann"), "four");
			assertThat(ann.receive().text()).isEqualTo("four");
			assertThat(nodes.get(0).member.metrics().framesLost()).isEqualTo(2);
			await(() -> nodes.get(0).events.contains("lost 2 of b to key ann"));
		}
	}

	@Test
	void whatIsPublishedWhileANodeReconnectsIsCountedAsLostIfTheUserHasStayed() {
		List<TestNode> nodes = this.cluster.nodes("a", "b", "c");
		try (SocketClient ann = nodes.get(0).login("ann"); SocketClient phone = nodes.get(2).login("ann")) {
			nodes.get(1).send(PushTarget.key("ann"), "one");
			assertThat(ann.receive().text()).isEqualTo("one");
			nodes.get(0).backplane.disconnect();
			await(() -> !nodes.get(0).member.status().connected());
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "two").nodes()).isEqualTo(1);
			nodes.get(0).backplane.connect();
			nodes.get(0).awaitSubscribed();
			nodes.get(1).send(PushTarget.key("ann"), "three");
			assertThat(ann.receive().text()).isEqualTo("three");
			assertThat(nodes.get(0).member.metrics().framesLost()).isEqualTo(1);
			assertThat(nodes.get(2).member.metrics().framesLost()).isZero();
			assertThat(phone.receive().text()).isEqualTo("one");
		}
	}

	@Test
	void aNodeThatVanishesIsForgottenWithinTheTimeoutAndItsUsersAreOffline() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(1).login("ann")) {
			assertThat(ann.send(1, "ann").receive().text()).isEqualTo("BOUND");
			nodes.get(1).backplane.disconnect();
			await(() -> !nodes.get(1).member.status().connected());
			assertThat(nodes.get(0).send(PushTarget.key("ann"), "x").state()).isEqualTo(PushState.NO_RECEIVER);
			assertThat(result(nodes.get(0).member.isOnline("ann"))).isFalse();
			assertThat(nodes.get(0).member.nodes()).hasSize(2);
			await(() -> nodes.get(0).member.nodes().size() == 1);
			await(() -> nodes.get(0).events.contains("left b"));
			nodes.get(1).backplane.connect();
			nodes.get(0).awaitNodes(2);
			nodes.get(1).awaitNodes(2);
		}
	}

	@Test
	void aNodeThatDoesNotHearItsOwnHeartbeatsMakesANewConnection() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			nodes.get(0).backplane.deaf = (topic) -> true;
			await(() -> nodes.get(0).events.contains("disconnected"));
			nodes.get(0).backplane.deaf = (topic) -> false;
			nodes.get(0).awaitSubscribed();
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "x").isSent()).isTrue();
			assertThat(ann.receive().text()).isEqualTo("x");
		}
	}

	@Test
	void garbageAndFramesOfOtherVersionsAreCountedAndDoNoHarm() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		InProcessBackplane stranger = this.cluster.end();
		stranger.start(new Silent());
		await(stranger::isConnected);
		try (SocketClient ann = nodes.get(0).login("ann")) {
			ClusterFrameWriter writer = new ClusterFrameWriter("server", "x");
			byte[] other = writer.draft(FrameKind.PUSH, PushTarget.key("ann"), 7, 0).write(Unpooled.EMPTY_BUFFER);
			other[4] = 2;
			stranger.publish(ANNS_TOPIC, other);
			stranger.publish(ANNS_TOPIC, new byte[] { 0, 0, 0, 2, 1, 99 });
			stranger.publish(ANNS_TOPIC, new byte[] { 1, 2, 3 });
			stranger.publish(ANNS_TOPIC,
					writer.draft(FrameKind.PUSH, PushTarget.key("bob"), 7, 0).write(Unpooled.EMPTY_BUFFER));
			stranger.publish("zinx:test:nodes", new byte[] { -1, -1, -1, -1, -1 });
			stranger.publish("zinx:test:nodes", writer.toNodes(FrameKind.HEARTBEAT, new byte[3]));
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "fine").isSent()).isTrue();
			assertThat(ann.receive().text()).isEqualTo("fine");
			ClusterMetrics metrics = nodes.get(0).member.metrics();
			assertThat(metrics.framesDropped(FrameDropReason.UNKNOWN_VERSION)).isEqualTo(1);
			assertThat(metrics.framesDropped(FrameDropReason.UNKNOWN_KIND)).isEqualTo(1);
			await(() -> metrics.framesDropped(FrameDropReason.MALFORMED) == 4);
			assertThat(metrics.framesLost()).isZero();
			nodes.get(0).awaitNodes(2);
		}
		finally {
			stranger.close(Duration.ofSeconds(5));
		}
	}

	@Test
	void twoNodesOfOneNameAreReported() {
		try (CapturedLog log = new CapturedLog(ZinxCluster.class)) {
			this.cluster.node("same");
			this.cluster.node("same");
			await(() -> log.lines()
				.stream()
				.filter((line) -> line.contains("Two nodes use zinx.cluster.node-id=same"))
				.count() == 2);
		}
	}

	@Test
	void aBackplaneThatNeverCanConnectStopsTheStartAndLeavesNothingBehind() {
		TestNode node = this.cluster.nodes("a").get(0);
		Backplane refusing = new FaultyBackplane(this.cluster.end()) {

			@Override
			public void start(BackplaneListener listener) {
				throw new IllegalArgumentException("wrong password");
			}

		};
		ClusterMember member = new ClusterMember(TestCluster.settings("x"), "other", node.connections(), refusing,
				List.of());
		assertThat(org.assertj.core.api.Assertions.catchThrowable(member::start)).hasMessage("wrong password");
		assertThat(member.status().connected()).isFalse();
		await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch((t) -> t.getName().equals("other-cluster")));
	}

	@Test
	void everyPushHasAResultWhenItsNodeStopsMeanwhile() throws InterruptedException {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			assertThat(ann.send(1, "ann").receive().text()).isEqualTo("BOUND");
			ConcurrentLinkedQueue<CompletionStage<PushResult>> results = new ConcurrentLinkedQueue<>();
			AtomicBoolean stopped = new AtomicBoolean();
			AtomicLong after = new AtomicLong();
			Thread sender = new Thread(() -> {
				while (after.get() < 100) {
					results.add(nodes.get(1).member.send(PushTarget.key("nobody"), 7, "x"));
					results.add(nodes.get(1).member.kick("nobody"));
					nodes.get(1).member.isOnline("nobody");
					if (stopped.get()) {
						after.incrementAndGet();
					}
				}
			});
			sender.start();
			await(() -> results.size() > 2_000);
			nodes.get(1).member.stop(Duration.ofSeconds(5));
			stopped.set(true);
			sender.join();
			assertThat(results).allMatch((result) -> result.toCompletableFuture().isDone());
			assertThat(results.stream().map((result) -> result(result).state())).contains(PushState.NO_RECEIVER,
					PushState.UNAVAILABLE);
		}
	}

	@Test
	void aHundredThousandKeysAreSubscribedWithFewCommandsOneAtATime() {
		TestNode node = this.cluster.nodes("a").get(0);
		TestNode other = this.cluster.node("b");
		try (SocketClient ann = node.login("ann")) {
			Connection connection = node.connection("ann");
			IntStream.range(0, 100_000).forEach((i) -> connection.bind("key" + i));
			node.awaitSubscribed();
			assertThat(node.member.status().subscriptions()).isEqualTo(100_003);
			assertThat(node.backplane.mostAtOnce).hasValue(1);
			assertThat(node.backplane.subscribed).allMatch((size) -> size <= 512);
			node.backplane.subscribed.clear();
			node.backplane.end.reconnect();
			await(() -> node.events.contains("disconnected"));
			node.awaitSubscribed();
			assertThat(node.member.status().subscriptions()).isEqualTo(100_003);
			assertThat(node.backplane.subscribed.stream().mapToInt((size) -> size).sum()).isEqualTo(100_003);
			assertThat(other.send(PushTarget.key("key99999"), "x").nodes()).isEqualTo(1);
			assertThat(ann.receive().text()).isEqualTo("x");
		}
		await(() -> node.member.status().subscriptions() == 2);
		assertThat(node.backplane.mostAtOnce).hasValue(1);
		assertThat(result(other.member.isOnline("key99999"))).isFalse();
	}

	/**
	 * Listens to nothing.
	 */
	private static final class Silent implements BackplaneListener {

		@Override
		public void received(String topic, byte[] message) {
		}

		@Override
		public void restored() {
		}

		@Override
		public void lost(@Nullable Throwable cause) {
		}

	}

}
