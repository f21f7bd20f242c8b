package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static io.zinx.cluster.TestNode.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Servers on real sockets as one cluster, while nothing fails.
 */
class ClusterTests {

	private final TestCluster cluster = new TestCluster();

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void aPushToAKeyReachesItsHolderOnAnotherNode() {
		List<TestNode> nodes = this.cluster.nodes("a", "b", "c");
		try (SocketClient ann = nodes.get(0).login("ann"); SocketClient bob = nodes.get(1).login("bob")) {
			PushResult result = nodes.get(1).send(PushTarget.key("ann"), "hello");
			assertThat(ann.receive().text()).isEqualTo("hello");
			assertThat(result.state()).isEqualTo(PushState.SENT);
			assertThat(result.nodes()).isEqualTo(1);
			assertThat(result.local().total()).isZero();
			assertThat(nodes.get(2).send(PushTarget.key("bob"), "there").isSent()).isTrue();
			assertThat(bob.receive().text()).isEqualTo("there");
			assertThat(nodes.get(0).member.metrics().framesReceived()).isEqualTo(1);
			assertThat(nodes.get(1).member.metrics().pushes(PushState.SENT)).isEqualTo(1);
		}
	}

	@Test
	void aPushToAGroupReachesItsMembersOnAllNodesOnce() {
		List<TestNode> nodes = this.cluster.nodes("a", "b", "c");
		try (SocketClient ann = nodes.get(0).login("ann");
				SocketClient bob = nodes.get(1).login("bob");
				SocketClient cid = nodes.get(2).login("cid")) {
			nodes.get(0).join(ann, "room");
			nodes.get(1).join(bob, "room");
			PushResult result = nodes.get(0).send(PushTarget.group("room"), "hello");
			assertThat(result.local().reached()).isEqualTo(1);
			assertThat(result.nodes()).isEqualTo(1);
			assertThat(nodes.get(0).send(PushTarget.all(), "all").nodes()).isEqualTo(2);
			// Messages to different targets have no order on other nodes.
			for (SocketClient member : List.of(ann, bob)) {
				assertThat(List.of(member.receive().text(), member.receive().text())).containsExactlyInAnyOrder("hello",
						"all");
			}
			assertThat(cid.receive().text()).isEqualTo("all");
		}
	}

	@Test
	void exceptionsHoldOnAllNodes() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann");
				SocketClient annsPhone = nodes.get(1).login("ann");
				SocketClient bob = nodes.get(1).login("bob")) {
			Connection sender = nodes.get(0).connection("ann");
			nodes.get(0).send(PushTarget.all().except(sender), "one");
			nodes.get(0).send(PushTarget.all().exceptKeys(List.of("ann", "nobody")), "two");
			nodes.get(0).send(PushTarget.all(), "three");
			assertThat(ann.receive().text()).isEqualTo("three");
			assertThat(annsPhone.receive().text()).isEqualTo("one");
			assertThat(annsPhone.receive().text()).isEqualTo("three");
			assertThat(bob.receive().text()).isEqualTo("one");
			assertThat(bob.receive().text()).isEqualTo("two");
		}
	}

	@Test
	void aKickClosesTheConnectionsOfAllNodesWithItsLastMessage() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann"); SocketClient annsPhone = nodes.get(1).login("ann")) {
			PushResult result = result(nodes.get(0).member.kick("ann", CloseReason.REPLACED,
					new Message(9, new byte[] { 'b', 'y', 'e' })));
			assertThat(result.isSent()).isTrue();
			assertThat(result.local().reached()).isEqualTo(1);
			for (SocketClient client : List.of(ann, annsPhone)) {
				assertThat(client.receive()).hasToString("message 9 \"bye\"");
				client.awaitClose();
			}
			await(() -> nodes.get(1).connections().size() == 0);
			assertThat(nodes.get(1).connections().metrics().closed("replaced")).isEqualTo(1);
			await(() -> result(nodes.get(0).member.kick("ann")).state() == PushState.NO_RECEIVER);
		}
	}

	@Test
	void whatOneThreadSendsToOneTargetArrivesInOrder() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			List<CompletionStage<PushResult>> results = new ArrayList<>();
			for (int i = 0; i < 2_000; i++) {
				results.add(nodes.get(1).member.send(PushTarget.key("ann"), 7, "" + i));
			}
			for (int i = 0; i < 2_000; i++) {
				assertThat(ann.receive().text()).isEqualTo("" + i);
			}
			assertThat(results).allMatch((result) -> result(result).nodes() == 1);
			assertThat(nodes.get(0).member.metrics().framesLost()).isZero();
			assertThat(nodes.get(1).member.status().pendingBytes()).isZero();
			await(() -> nodes.get(0).member.status().inboundBytes() == 0);
		}
	}

	@Test
	void theSenderIsToldIfThereIsNoReceiver() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		assertThat(nodes.get(0).send(PushTarget.key("nobody"), "x").state()).isEqualTo(PushState.NO_RECEIVER);
		assertThat(nodes.get(0).send(PushTarget.group("nobody"), "x").state()).isEqualTo(PushState.NO_RECEIVER);
		try (SocketClient ann = nodes.get(0).login("ann")) {
			PushResult local = nodes.get(0).send(PushTarget.key("ann"), "x");
			assertThat(local.state()).isEqualTo(PushState.SENT);
			assertThat(local.nodes()).isZero();
			assertThat(ann.receive().text()).isEqualTo("x");
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "y").state()).isEqualTo(PushState.SENT);
			assertThat(ann.receive().text()).isEqualTo("y");
		}
		await(() -> nodes.get(1).send(PushTarget.key("ann"), "z").state() == PushState.NO_RECEIVER);
	}

	@Test
	void aKeyIsOnlineWhereverItIsBound() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		assertThat(result(nodes.get(0).member.isOnline("ann"))).isFalse();
		try (SocketClient ann = nodes.get(0).login("ann")) {
			assertThat(result(nodes.get(0).member.isOnline("ann"))).isTrue();
			assertThat(result(nodes.get(1).member.isOnline("ann"))).isTrue();
			assertThat(ann.send(1, "ann").receive().text()).isEqualTo("BOUND");
		}
		await(() -> !result(nodes.get(1).member.isOnline("ann")));
		await(() -> !result(nodes.get(0).member.isOnline("ann")));
	}

	@Test
	void nodesKnowEachOtherAndForgetAtOnceWhoSaysGoodbye() {
		List<TestNode> nodes = this.cluster.nodes("a", "b", "c");
		try (SocketClient ann = nodes.get(1).login("ann")) {
			await(() -> nodes.get(0).member.nodes().stream().mapToInt(ClusterNode::connections).sum() == 1);
			assertThat(ann.send(1, "ann").receive().text()).isEqualTo("BOUND");
			assertThat(nodes.get(0).member.nodes()).extracting(ClusterNode::id).containsExactly("a", "b", "c");
			assertThat(nodes.get(1).member.nodes()).extracting(ClusterNode::id).containsExactly("b", "a", "c");
			assertThat(nodes.get(1).member.nodes()).extracting(ClusterNode::self).containsExactly(true, false, false);
			assertThat(nodes.get(0).member.status().lag()).isPositive();
		}
		nodes.get(1).close();
		await(() -> nodes.get(0).member.nodes().size() == 2 && nodes.get(2).member.nodes().size() == 2);
		await(() -> nodes.get(0).events.contains("left b"));
		assertThat(nodes.get(0).events).startsWith("connected", "joined b").doesNotContain("left c", "disconnected");
	}

	@Test
	void aStoppedNodeReachesItsOwnConnectionsAndMayStartAgain() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		ClusterMember member = nodes.get(0).member;
		assertThatIllegalStateException().isThrownBy(member::start);
		try (SocketClient ann = nodes.get(0).login("ann")) {
			member.stop(Duration.ofSeconds(5));
			member.stop(Duration.ofSeconds(5));
			assertThat(nodes.get(0).send(PushTarget.key("ann"), "local").state()).isEqualTo(PushState.UNAVAILABLE);
			assertThat(ann.receive().text()).isEqualTo("local");
			assertThat(member.nodes()).hasSize(1);
			assertThat(member.status().connected()).isFalse();
			assertThat(member.isOnline("bob")).isCompletedExceptionally();
			member.start();
			nodes.get(0).awaitSubscribed();
			assertThat(nodes.get(1).send(PushTarget.key("ann"), "again").nodes()).isEqualTo(1);
			assertThat(ann.receive().text()).isEqualTo("again");
		}
	}

	@Test
	void whatIsWaitingWhenANodeStopsIsPublished() {
		List<TestNode> nodes = this.cluster.nodes("a", "b");
		try (SocketClient ann = nodes.get(0).login("ann")) {
			List<CompletionStage<PushResult>> results = IntStream.range(0, 500)
				.mapToObj((i) -> nodes.get(1).member.send(PushTarget.key("ann"), 7, "" + i))
				.toList();
			nodes.get(1).member.stop(Duration.ofSeconds(5));
			assertThat(results).allMatch((result) -> result(result).state() == PushState.SENT);
			for (int i = 0; i < 500; i++) {
				assertThat(ann.receive().text()).isEqualTo("" + i);
			}
		}
	}

	@Test
	void nothingPassesBetweenServersOfDifferentNamesAndOneWarningSaysSo() {
		try (CapturedLog log = new CapturedLog(ZinxCluster.class)) {
			TestNode chat = this.cluster.node("chat", TestCluster.settings("a"));
			TestNode game = this.cluster.node("game:1%", TestCluster.settings("b"));
			try (SocketClient ann = game.login("ann")) {
				assertThat(chat.send(PushTarget.key("ann"), "x").state()).isEqualTo(PushState.NO_RECEIVER);
				assertThat(chat.send(PushTarget.all(), "x").state()).isEqualTo(PushState.NO_RECEIVER);
				game.send(PushTarget.all(), "own");
				assertThat(ann.receive().text()).isEqualTo("own");
				await(() -> log.lines().stream().filter((line) -> line.contains("zinx.name")).count() == 2);
				assertThat(log.lines()).anyMatch((line) -> line.contains("game:1% instead of chat"));
			}
		}
	}

	@Test
	void theBodyIsReleasedAndNothingIsSentIfAPushIsNotPossible() {
		TestNode node = this.cluster.nodes("a").get(0);
		List<String> many = IntStream.range(0, 101).mapToObj((i) -> "k" + i).toList();
		ByteBuf body = Unpooled.copiedBuffer(new byte[8]).retain(3);
		assertThatIllegalArgumentException().isThrownBy(() -> node.member.push(PushTarget.all(), -1, body));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> node.member.send(PushTarget.all().exceptKeys(many), 1, body));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> node.member.send(PushTarget.key("x".repeat(65_536)), 1, body));
		assertThat(body.refCnt()).isEqualTo(1);
		assertThat(node.member.push(PushTarget.key("x".repeat(65_535)), 1, body).total()).isZero();
		assertThat(body.refCnt()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> node.member.kick("x".repeat(65_536)));
		assertThat(result(node.member.isOnline("x".repeat(65_536)))).isFalse();
	}

}
