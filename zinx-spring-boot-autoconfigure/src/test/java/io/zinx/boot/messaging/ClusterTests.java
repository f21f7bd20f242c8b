package io.zinx.boot.messaging;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.zinx.boot.handler.ConnKey;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.handler.Payload;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushState;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Two applications that are nodes of one cluster.
 */
class ClusterTests {

	private ConfigurableApplicationContext here;

	private ConfigurableApplicationContext there;

	@BeforeEach
	void runTwoNodes() {
		InProcessBackplane backplane = new InProcessBackplane();
		this.here = ZinxApplication.runNode(List.of(Chat.class), backplane, "zinx.cluster.node-id=here");
		this.there = ZinxApplication.runNode(List.of(Chat.class), backplane.anotherEnd(), "zinx.cluster.node-id=there");
	}

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
	}

	@Test
	void aMessageToAKeyReachesItsHolderOnTheOtherNode() {
		try (SocketClient ann = enter(this.there, "ann")) {
			ZinxTemplate template = this.here.getBean(ZinxTemplate.class);
			assertThat(template.sendToKey("ann", 30, "dinner").total()).as("on this node").isZero();
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
		}
	}

	@Test
	void theResultTellsWhetherTheOtherNodeWasReached() {
		try (SocketClient ann = enter(this.there, "ann"); SocketClient bob = enter(this.here, "bob")) {
			ClusterTemplate cluster = this.here.getBean(ZinxTemplate.class).cluster();
			assertThat(join(cluster.sendToKey("ann", 30, new Notice("a"))))
				.isEqualTo(new PushResult(new BroadcastResult(0, 0, 0, 0), 1, PushState.SENT));
			assertThat(join(cluster.sendToKey("bob", 30, new Notice("b"))))
				.isEqualTo(new PushResult(new BroadcastResult(1, 0, 0, 0), 0, PushState.SENT));
			assertThat(join(cluster.sendToKey("carl", 30, new Notice("c"))).state()).isEqualTo(PushState.NO_RECEIVER);
			assertThat(join(cluster.sendToGroup("lobby", 31, new Notice("d"))))
				.isEqualTo(new PushResult(new BroadcastResult(1, 0, 0, 0), 1, PushState.SENT));
			assertThat(join(cluster.sendToAll(32, new Notice("e"))).nodes()).isOne();
			PushTarget butAnn = PushTarget.group("lobby").exceptKeys(List.of("ann"));
			assertThat(join(cluster.send(butAnn, 33, "f")).nodes()).isOne();
			assertThat(join(cluster.sendToKey("ann", 34, "g")).isSent()).isTrue();
			// Messages to different targets have no order on other nodes.
			assertThat(Stream.generate(() -> ann.receive().toString()).limit(4)).containsExactlyInAnyOrder(
					"message 30 \"{\"text\":\"a\"}\"", "message 31 \"{\"text\":\"d\"}\"",
					"message 32 \"{\"text\":\"e\"}\"", "message 34 \"g\"");
			assertThat(bob.receive()).hasToString("message 30 \"{\"text\":\"b\"}\"");
		}
	}

	@Test
	void theCallersFaultsAreThoseOfOneNode() {
		ClusterTemplate cluster = this.here.getBean(ZinxTemplate.class).cluster();
		assertThatIllegalArgumentException().isThrownBy(() -> cluster.sendToAll(-1, "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> cluster.sendToAll(1, new Broken()))
			.havingCause()
			.withStackTraceContaining("broken");
	}

	@Test
	void theResultOfAHandlerReachesTheOtherNode() {
		try (SocketClient ann = enter(this.there, "ann"); SocketClient bob = enter(this.here, "bob")) {
			bob.send(20, "hello");
			assertThat(ann.receive()).hasToString("message 21 \"bob: hello\"");
			assertThat(bob.receive()).hasToString("message 21 \"bob: hello\"");
			bob.send(22, "others");
			assertThat(ann.receive()).hasToString("message 22 \"others\"");
			ann.send(23, "bob");
			assertThat(bob.receive()).as("and nothing of what is for others only").hasToString("message 23 \"psst\"");
		}
	}

	@Test
	void aKickReachesTheOtherNode() {
		try (SocketClient ann = enter(this.there, "ann")) {
			ZinxCluster cluster = this.here.getBean(ZinxCluster.class);
			assertThat(cluster.isOnline("ann").toCompletableFuture().join()).isTrue();
			assertThat(join(cluster.kick("ann")).nodes()).isOne();
			ann.awaitClose();
			await().until(() -> !cluster.isOnline("ann").toCompletableFuture().join());
		}
	}

	@Test
	void theLastHandlerStillReachesTheOtherNode() {
		try (SocketClient ann = enter(this.there, "ann"); SocketClient bob = enter(this.here, "bob")) {
			Chat chat = this.here.getBean(Chat.class);
			bob.send(24, "ann");
			await().until(() -> chat.entered.getCount() == 0);
			ZinxServer server = this.here.getBean(ZinxServer.class);
			Thread closing = new Thread(this.here::close);
			closing.start();
			await().until(() -> server.phase() != ServerPhase.RUNNING);
			chat.leave.countDown();
			assertThat(ann.receive()).hasToString("message 24 \"the last word\"");
			ZinxCluster cluster = this.there.getBean(ZinxCluster.class);
			await().until(() -> !closing.isAlive());
			await("goodbye").until(() -> cluster.nodes().size() == 1);
		}
	}

	@Test
	void aNodeMayComeBack() {
		this.here.stop();
		ZinxCluster cluster = this.there.getBean(ZinxCluster.class);
		await().until(() -> cluster.nodes().size() == 1);
		this.here.start();
		await().until(() -> cluster.nodes().size() == 2);
		try (SocketClient ann = enter(this.here, "ann")) {
			assertThat(join(this.there.getBean(ZinxTemplate.class).cluster().sendToKey("ann", 30, "again")).nodes())
				.isOne();
			assertThat(ann.receive()).hasToString("message 30 \"again\"");
		}
	}

	private static PushResult join(CompletionStage<PushResult> stage) {
		return stage.toCompletableFuture().join();
	}

	/**
	 * Connect and log in, and wait until the node has subscribed.
	 */
	private static SocketClient enter(ConfigurableApplicationContext context, String user) {
		SocketClient client = ZinxApplication.connect(context);
		assertThat(client.send(10, user).receive().text()).isEqualTo("welcome");
		ZinxCluster cluster = context.getBean(ZinxCluster.class);
		await().until(() -> cluster.status().awaitedSubscriptions() == 0);
		return client;
	}

	record Notice(String text) {

	}

	static class Broken {

		public String getText() {
			throw new IllegalStateException("broken");
		}

	}

	static class Chat {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch leave = new CountDownLatch(1);

		private final ConnManager connections;

		private final ZinxTemplate template;

		Chat(ConnManager connections, ZinxTemplate template) {
			this.connections = connections;
			this.template = template;
		}

		@ZinxRouter(msgId = 10)
		String enter(Connection connection, String user) {
			connection.bind(user, DuplicateLogin.ALLOW);
			this.connections.group("lobby").join(connection);
			return "welcome";
		}

		@ZinxRouter(msgId = 20, reply = 21)
		Outgoing say(@ConnKey String user, @Payload String text) {
			return Outgoing.toGroup("lobby", user + ": " + text);
		}

		@ZinxRouter(msgId = 22)
		Outgoing others(String text) {
			return Outgoing.toAll(text).exceptSender();
		}

		@ZinxRouter(msgId = 23)
		Outgoing whisper(String user) {
			return Outgoing.toKey(user, "psst");
		}

		@ZinxRouter(msgId = 24)
		void lastWord(String user) throws InterruptedException {
			this.entered.countDown();
			this.leave.await();
			this.template.sendToKey(user, 24, "the last word");
		}

	}

}
