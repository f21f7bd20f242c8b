package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendResult;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MessageTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void tenThousandMessagesInOneGoComeBackInOrder(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			int bytes = Echoes.allAtOnceInOrder(client, 10_000);
			assertThat(server.metrics().messagesIn()).isEqualTo(10_000);
			assertThat(server.metrics().messagesOut()).isEqualTo(10_000);
			assertThat(server.metrics().bytesIn()).isEqualTo(bytes);
			assertThat(server.metrics().bytesOut()).isEqualTo(bytes);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void countsMessagesAndBytesBothWaysByNumber(Setup setup) {
		byte[] shared = new byte[600];
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			request.reply(2, "two");
			request.reply(99, "other");
			request.reply(1, "echo");
			request.connection().sendRaw(SocketClient.frame(99, "raw"));
		})); SocketClient client = server.connect()) {
			client.send(1, "a").send(2, "bc").send(77, "def").send(1, "ghij");
			for (int i = 0; i < 6; i++) {
				client.receive();
			}
			server.connections().broadcast(2, shared);
			client.receive();
			ServerMetrics metrics = server.metrics();
			long others = HandlerCounters.OTHERS;
			assertThat(metrics.messagesIn(1)).isEqualTo(2);
			assertThat(metrics.bytesIn(1)).isEqualTo(8 + 1 + 8 + 4);
			assertThat(metrics.messagesIn(2)).isOne();
			assertThat(metrics.bytesIn(2)).isEqualTo(8 + 2);
			assertThat(metrics.messagesIn(others)).isOne();
			assertThat(metrics.bytesIn(others)).isEqualTo(8 + 3);
			assertThat(metrics.messagesOut(1)).isEqualTo(3);
			assertThat(metrics.bytesOut(1)).isEqualTo(8 + 1 + 8 + 4 + 8 + 4);
			assertThat(metrics.messagesOut(2)).isEqualTo(2);
			assertThat(metrics.bytesOut(2)).isEqualTo(8 + 3 + 8 + 600);
			assertThat(metrics.messagesOut(others)).isOne();
			assertThat(metrics.bytesOut(others)).isEqualTo(8 + 5 + 8 + 3);
			assertThat(metrics.messagesOut(99)).isZero();
			assertThat(metrics.messagesOut()).isEqualTo(6);
			assertThat(metrics.bytesOut()).isEqualTo(8 * 7 + 1 + 4 + 4 + 3 + 600 + 5 + 3);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void answersTheFrameOfTheReadme(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			client.sendRaw(HexFormat.of().parseHex("000000010000000470696e67"));
			assertThat(client.receive().text()).isEqualTo("ping");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void callsTheThreeMethodsOfARouterInOrder(Setup setup) {
		List<String> calls = new CopyOnWriteArrayList<>();
		Router router = new Router() {
			@Override
			public void preHandle(Request request) {
				calls.add("pre");
			}

			@Override
			public void handle(Request request) {
				calls.add("handle");
			}

			@Override
			public void postHandle(Request request) {
				calls.add("post");
				request.reply(2, String.join(",", calls));
			}
		};
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, router));
				SocketClient client = server.connect()) {
			assertThat(client.send(2, "").receive().text()).isEqualTo("pre,handle,post");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void knowsTheWholeRangeOfMessageNumbers(Setup setup) {
		Router echo = (request) -> request.reply(request.msgId(), request.body());
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.add(0, echo).add(0x8000_0000L, echo).add(0xFFFF_FFFFL, echo));
				SocketClient client = server.connect()) {
			for (long msgId : new long[] { 0, 0x8000_0000L, 0xFFFF_FFFFL }) {
				assertThat(client.send(msgId, "x").receive().msgId()).isEqualTo(msgId);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void dropsAndCountsAMessageWithoutRouterAndKeepsTheConnection(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			client.send(77, "?").send(1, "still there");
			assertThat(client.receive().text()).isEqualTo("still there");
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void goesOnAfterARouterThrows(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.add(2, (request) -> {
				throw new IllegalStateException("on purpose");
			});
			routes.add(3, (request) -> {
				throw new StackOverflowError("on purpose");
			});
		}); SocketClient client = server.connect()) {
			client.send(2, "").send(3, "").send(1, "still there");
			assertThat(client.receive().text()).isEqualTo("still there");
			assertThat(server.metrics().handlerFailures()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void readsABodyInEveryFormAndOnlyWhileItIsHandled(Setup setup) {
		BlockingQueue<Request> kept = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			kept.add(request);
			request.connection().send(2, Unpooled.copiedBuffer(request.bodyBuffer()));
			request.reply(2, request.bodyAsString() + request.bodyLength() + request.body().length);
		})); SocketClient client = server.connect()) {
			assertThat(client.send(2, "héllo").receive().text()).isEqualTo("héllo");
			assertThat(client.receive().text()).isEqualTo("héllo66");
			Request request = kept.remove();
			// The reply may arrive before the router has returned.
			Awaitility.await()
				.untilAsserted(() -> assertThatIllegalStateException().isThrownBy(request::body)
					.withMessageContaining("message 2"));
			assertThat(request.msgId()).isEqualTo(2);
			assertThat(request.bodyLength()).isEqualTo(6);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void answersAMessageWhoseSenderWritesNothingMore(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			client.send(1, "a").send(1, "b").shutdownOutput();
			assertThat(client.receive().text()).isEqualTo("a");
			assertThat(client.receive().text()).isEqualTo("b");
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed()).containsOnly(Map.entry("peer-closed", 1L));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void pushesFromAnyThreadNeverTearAMessage(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config().outboundMaxBytes(64 << 20));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			int threads = 8;
			int each = 2000;
			Thread[] senders = new Thread[threads];
			for (int t = 0; t < threads; t++) {
				int sender = t;
				senders[t] = new Thread(() -> {
					for (int i = 0; i < each; i++) {
						byte[] body = ByteBuffer.allocate(4 + i % 100).putInt(i).array();
						assertThat(connection.send(sender, body)).isEqualTo(SendResult.ACCEPTED);
					}
				});
				senders[t].start();
			}
			int[] next = new int[threads];
			for (int i = 0; i < threads * each; i++) {
				SocketClient.Received received = client.receive();
				int number = ByteBuffer.wrap(received.body()).getInt();
				assertThat(number).isEqualTo(next[(int) received.msgId()]++);
				assertThat(received.body()).hasSize(4 + number % 100);
			}
			for (Thread sender : senders) {
				sender.join();
			}
			Awaitility.await().until(() -> connection.bytesQueued() == 0);
			assertThat(connection.messagesOut()).isEqualTo((long) threads * each);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void refusesToSendWhatIsNoMessageNumber(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThatIllegalArgumentException().isThrownBy(() -> connection.send(-1, "x"))
				.withMessage("msgId: -1 (expected: 0 to 4294967295)");
			assertThatIllegalArgumentException().isThrownBy(() -> connection.send(4294967296L, "x"));
			assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void sendingToAClosedConnectionFailsQuietly(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			connection.close();
			assertThat(connection.send(1, "late")).isEqualTo(SendResult.CLOSED);
			client.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatWasAcceptedBeforeCloseArrives(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			for (int i = 0; i < 100; i++) {
				request.reply(2, "bye " + i);
			}
			request.connection().close();
		})); SocketClient client = server.connect()) {
			client.send(2, "");
			for (int i = 0; i < 100; i++) {
				assertThat(client.receive().text()).isEqualTo("bye " + i);
			}
			client.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void messagesBehindACloseAreNotHandled(Setup setup) {
		List<String> handled = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			handled.add(request.bodyAsString());
			request.connection().close();
		})); SocketClient client = server.connect()) {
			ByteArrayOutputStream both = new ByteArrayOutputStream();
			both.writeBytes(SocketClient.frame(2, "first"));
			both.writeBytes(SocketClient.frame(2, "second"));
			client.sendRaw(both.toByteArray()).awaitClose();
			server.awaitSize(0);
			assertThat(handled).containsExactly("first");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatWritesNothingMoreGetsLargeRepliesWhole(Setup setup) {
		byte[] reply = new byte[50_000];
		try (TestServer server = TestServer.start(setup.config().socketBuffers(0, SocketClient.SEND_BUFFER),
				(routes) -> routes.add(2, (request) -> {
					request.reply(2, reply);
				})); SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			for (int i = 0; i < 80; i++) {
				client.send(2, "");
			}
			client.shutdownOutput();
			for (int i = 0; i < 80; i++) {
				assertThat(client.receive().body()).hasSize(reply.length);
			}
			client.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void countsLargeRepliesThatTheSocketDoesNotTakeAtOnce(Setup setup) {
		byte[] reply = new byte[100_000];
		try (TestServer server = TestServer.start(setup.config().socketBuffers(0, SocketClient.SEND_BUFFER),
				(routes) -> routes.add(2, (request) -> {
					request.reply(2, reply);
				})); SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			for (int i = 0; i < 24; i++) {
				client.send(2, "");
			}
			for (int i = 0; i < 24; i++) {
				assertThat(client.receive().body()).hasSize(reply.length);
			}
			assertThat(server.metrics().messagesOut()).isEqualTo(24);
			assertThat(server.metrics().bytesOut()).isEqualTo(24L * (reply.length + 8));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatWasAcceptedBeforeCloseArrivesAlthoughTheClientGoesOnSending(Setup setup) throws Exception {
		byte[] reply = new byte[200_000];
		try (TestServer server = TestServer.start(setup.config().socketBuffers(0, SocketClient.SEND_BUFFER),
				(routes) -> routes.add(2, (request) -> {
					request.reply(2, reply);
					request.connection().close();
				})); SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			client.send(2, "");
			Thread flood = new Thread(() -> {
				try {
					for (int i = 0; i < 2000; i++) {
						client.send(1, "x".repeat(1000));
					}
				}
				catch (UncheckedIOException ex) {
					// The server has closed the connection in the end.
				}
			});
			flood.start();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> server.metrics().messagesIn() > 0);
			assertThat(client.receive().body()).hasSize(reply.length);
			client.awaitClose();
			flood.join();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void goesOnAfterAnExceptionThatCannotEvenBeLogged(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1), (routes) -> {
			routes.add(2, (request) -> {
				throw new Unspeakable();
			});
		}, new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				throw new Unspeakable();
			}
		})) {
			try (SocketClient client = server.connect()) {
				for (int i = 0; i < 50; i++) {
					client.send(2, "");
				}
				assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
			}
			server.awaitSize(0);
			assertThat(server.metrics().handlerFailures()).isEqualTo(50);
			try (SocketClient client = server.connect()) {
				assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aViewOfABodyCanBeSentAway(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			request.connection().send(2, request.bodyBuffer());
			request.connection().send(2, request.bodyBuffer());
		})); SocketClient client = server.connect()) {
			client.send(2, "twice");
			assertThat(client.receive().text()).isEqualTo("twice");
			assertThat(client.receive().text()).isEqualTo("twice");
		}
	}

	/**
	 * Throws when it is asked what it is about.
	 */
	private static final class Unspeakable extends RuntimeException {

		@Override
		public String getMessage() {
			throw this;
		}

		@Override
		public String toString() {
			throw this;
		}

	}

	@ParameterizedTest
	@EnumSource
	void aBodyBufferThatIsKeptTooLongSaysSoAndShowsNoOtherMessage(Setup setup) throws Exception {
		BlockingQueue<ByteBuf> kept = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			kept.add(request.bodyBuffer());
			request.reply(2, request.body());
		})); SocketClient client = server.connect()) {
			client.send(2, "first").receive();
			client.send(1, "other").receive();
			assertThatIllegalStateException().isThrownBy(() -> kept.take().getByte(0))
				.withMessageContaining("was handled and its body released");
		}
	}

}
