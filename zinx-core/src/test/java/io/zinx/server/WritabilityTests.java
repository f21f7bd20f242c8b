package io.zinx.server;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendResult;
import io.zinx.routing.Execution;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class WritabilityTests {

	private static final int BODY = 8 * 1024;

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aListenerThatPausesAndGoesOnPushesToASlowClientWithoutLoss(Setup setup) {
		int messages = 2000;
		Pusher pusher = new Pusher(messages);
		try (TestServer server = TestServer.start(
				setup.config().outboundMaxBytes(256 * 1024).socketBuffers(0, 16 * 1024),
				(routes) -> routes.add(2, pusher::push, "push"), pusher);
				SocketClient client = SocketClient.connect(server.server().port(), 16 * 1024)) {
			client.send(2, "go");
			for (int i = 0; i < messages; i++) {
				assertThat(client.receive().msgId()).isEqualTo(i);
			}
			assertThat(pusher.heard).contains(true);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void itIsToldWhileMessagesWaitForTheClientToReadOrForAnAnswer(Setup setup) {
		CompletableFuture<Void> answer = new CompletableFuture<>();
		Pusher pusher = new Pusher(0);
		try (TestServer server = TestServer.start(
				setup.config().outboundMaxBytes(1024 * 1024).socketBuffers(0, 16 * 1024),
				(routes) -> routes.addAsync(2, (request) -> answer), pusher);
				SocketClient client = SocketClient.connect(server.server().port(), 16 * 1024)) {
			Connection connection = server.onlyConnection();
			client.send(2, "wait").send(1, "behind");
			Awaitility.await().until(() -> server.metrics().messagesIn() >= 1);
			int sent = sendUntilTold(connection, pusher);
			for (int i = 0; i < sent; i++) {
				assertThat(client.receive().msgId()).isEqualTo(5);
			}
			Awaitility.await().untilAsserted(() -> assertThat(pusher.heard).endsWith(true));
			assertThat(connection.isWritable()).isTrue();
			answer.complete(null);
			assertThat(client.receive().text()).isEqualTo("behind");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void itIsToldAtHomeAlsoBeforeAMessageForAnotherThread(Setup setup) {
		Pusher pusher = new Pusher(0);
		try (TestServer server = TestServer.start(
				setup.config().outboundMaxBytes(1024 * 1024).socketBuffers(0, 16 * 1024),
				(routes) -> routes.add(2, (request) -> request.reply(2, request.body()), "loop", Execution.EVENT_LOOP)
					.add(3, (request) -> request.reply(3, request.body()), "own", Execution.VIRTUAL_THREAD),
				pusher); SocketClient client = SocketClient.connect(server.server().port(), 16 * 1024)) {
			Connection connection = server.onlyConnection();
			int sent = sendUntilTold(connection, pusher);
			client.send(2, "loop").send(3, "own").send(1, "home");
			for (int i = 0; i < sent; i++) {
				assertThat(client.receive().msgId()).isEqualTo(5);
			}
			assertThat(client.receive().text()).isEqualTo("loop");
			assertThat(client.receive().text()).isEqualTo("own");
			assertThat(client.receive().text()).isEqualTo("home");
			Awaitility.await().untilAsserted(() -> assertThat(pusher.heard).endsWith(true));
			assertThat(pusher.threads).allMatch((thread) -> thread.contains(switch (setup) {
				case HASH_EPOLL, HASH_NIO -> "-worker-";
				case LOOP_EPOLL, LOOP_NIO -> "-io-";
				case BIND_EPOLL -> "-conn-";
			}));
		}
	}

	/**
	 * The kernel takes some of it, so that a connection may soon be writable again: send
	 * until the listener hears that it is not.
	 */
	private static int sendUntilTold(Connection connection, Pusher pusher) {
		AtomicInteger sent = new AtomicInteger();
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
			while (connection.isWritable()) {
				assertThat(connection.send(5, new byte[BODY])).isEqualTo(SendResult.ACCEPTED);
				sent.incrementAndGet();
			}
			return pusher.heard.contains(false);
		});
		return sent.get();
	}

	/**
	 * Pushes as long as the connection takes it, and goes on when it does again.
	 */
	private static final class Pusher implements ConnectionListener {

		private final int messages;

		private final Queue<Boolean> heard = new ConcurrentLinkedQueue<>();

		private final Queue<String> threads = new ConcurrentLinkedQueue<>();

		/** On the lane only. */
		private int next;

		Pusher(int messages) {
			this.messages = messages;
		}

		void push(Request request) {
			push(request.connection());
		}

		private void push(Connection connection) {
			while (connection.isWritable() && this.next < this.messages) {
				assertThat(connection.send(this.next, new byte[BODY])).isEqualTo(SendResult.ACCEPTED);
				this.next++;
			}
		}

		@Override
		public void onWritabilityChanged(Connection connection, boolean writable) {
			this.heard.add(writable);
			this.threads.add(Thread.currentThread().getName());
			push(connection);
		}

	}

}
