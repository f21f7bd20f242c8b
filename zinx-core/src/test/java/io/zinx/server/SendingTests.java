package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.InvalidSettingException;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SendingTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aRequestIsPassedOnAsItIsWhileItIsHandled(Setup setup) {
		AtomicReference<Request> kept = new AtomicReference<>();
		AtomicReference<ConnManager> all = new AtomicReference<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(7, (request) -> {
			kept.set(request);
			Objects.requireNonNull(all.get()).forEach((other) -> other.send(8, request));
			request.reply(9, request);
		})); SocketClient first = server.connect(); SocketClient second = server.connect()) {
			server.awaitSize(2);
			all.set(server.connections());
			first.send(7, "pass it on");
			assertThat(first.receive()).hasToString("message 8 \"pass it on\"");
			assertThat(first.receive()).hasToString("message 9 \"pass it on\"");
			assertThat(second.receive()).hasToString("message 8 \"pass it on\"");
			assertThat(first.send(1, "handled").receive().text()).isEqualTo("handled");
			Request handled = Objects.requireNonNull(kept.get());
			Connection connection = handled.connection();
			assertThatIllegalStateException().isThrownBy(() -> connection.send(8, handled));
			connection.send(10, "still in step");
			assertThat(first.receive()).hasToString("message 10 \"still in step\"");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aBodyThatWritesOtherThanItSaidIsNotSentAndTearsNothing(Setup setup) {
		Body liar = new Body() {
			@Override
			public int bodyLength() {
				return 5;
			}

			@Override
			public void writeBody(ByteBuf out) {
				out.writeBytes(new byte[3]);
			}
		};
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			connection.send(1, "before");
			assertThatIllegalStateException().isThrownBy(() -> connection.send(2, liar))
				.withMessageContaining("5 bytes, but wrote 3");
			connection.send(3, "behind");
			assertThat(client.receive().text()).isEqualTo("before");
			assertThat(client.receive().text()).isEqualTo("behind");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anAsynchronousSendCompletesWhenTheMessageIsWritten(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			connection.sendAsync(5, "first").toCompletableFuture().join();
			Awaitility.await().until(() -> connection.bytesQueued() == 0);
			connection.sendAsync(5, Unpooled.copiedBuffer("second", StandardCharsets.UTF_8))
				.toCompletableFuture()
				.join();
			assertThat(client.receive().text()).isEqualTo("first");
			assertThat(client.receive().text()).isEqualTo("second");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void synchronousAndAsynchronousSendsKeepTheirOrder(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			List<CompletionStage<?>> written = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				if (i % 3 == 0) {
					written.add(connection.sendAsync(5, "" + i));
				}
				else {
					connection.send(5, "" + i);
				}
			}
			for (int i = 0; i < 1000; i++) {
				assertThat(client.receive().text()).isEqualTo("" + i);
			}
			written.forEach((stage) -> stage.toCompletableFuture().join());
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anAsynchronousSendThatIsNotWrittenFailsWithTheCloseReason(Setup setup) {
		try (TestServer server = TestServer
			.start(setup.config().flushTimeout(Duration.ZERO).slowConsumerPolicy(SlowConsumerPolicy.DROP));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			CompletableFuture<?> last = fill(connection);
			connection.close(CloseReason.KICKED);
			SendFailedException lost = failure(last);
			assertThat(lost.result()).isEqualTo(SendResult.ACCEPTED);
			assertThat(lost.closeReason()).isEqualTo(CloseReason.KICKED);
			assertThat(lost).hasMessageContaining("kicked");
			SendFailedException refused = failure(connection.sendAsync(5, "too late").toCompletableFuture());
			assertThat(refused.result()).isEqualTo(SendResult.CLOSED);
			assertThat(client.localPort()).isPositive();
		}
	}

	/**
	 * Send until nothing more is accepted and the kernel is full, too.
	 * @return completes when the last message that was accepted is written
	 */
	static CompletableFuture<?> fill(Connection connection) {
		AtomicReference<CompletableFuture<?>> last = new AtomicReference<>(new CompletableFuture<>());
		untilTheKernelIsFull(() -> {
			CompletableFuture<?> next = connection.sendAsync(5, new byte[1000]).toCompletableFuture();
			if (next.isCompletedExceptionally()) {
				return false;
			}
			last.set(next);
			return true;
		});
		return Objects.requireNonNull(last.get());
	}

	/**
	 * Who sends faster than the event loop writes is refused while the kernel still takes
	 * all that waits, so only who is refused at once, ten times in a row, is refused for
	 * good.
	 * @param isAccepted sends
	 */
	static void untilTheKernelIsFull(BooleanSupplier isAccepted) {
		AtomicInteger refusedAtOnce = new AtomicInteger();
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
			int accepted = 0;
			while (isAccepted.getAsBoolean()) {
				accepted++;
			}
			refusedAtOnce.set((accepted == 0) ? refusedAtOnce.get() + 1 : 0);
			return refusedAtOnce.get() == 10;
		});
	}

	@Test
	void anAsynchronousSendThatCannotBeMadeFails() {
		try (TestServer server = TestServer.start(Setup.HASH_NIO.config().outboundMaxBytes(2048));
				SocketClient client = server.connect()) {
			CompletableFuture<?> written = server.onlyConnection().sendAsync(5, new byte[4096]).toCompletableFuture();
			assertThat(failure(written).result()).isEqualTo(SendResult.UNSENDABLE);
			assertThat(client.send(1, "still there").receive().text()).isEqualTo("still there");
		}
	}

	private static SendFailedException failure(CompletableFuture<?> written) {
		CompletionException thrown = catchThrowableOfType(CompletionException.class, written::join);
		assertThat(thrown).hasCauseInstanceOf(SendFailedException.class);
		return (SendFailedException) Objects.requireNonNull(thrown.getCause());
	}

	@ParameterizedTest
	@EnumSource(names = { "LOOP_EPOLL", "LOOP_NIO" })
	void waitingForAWriteOnAnEventLoopIsAnErrorAtOnce(Setup setup) throws Exception {
		LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(6, (request) -> {
			CompletableFuture<?> written = request.connection().sendAsync(6, "late").toCompletableFuture();
			try {
				written.thenApply((done) -> done).get(1, TimeUnit.DAYS);
				seen.add("waited");
			}
			catch (IllegalStateException ex) {
				seen.add(ex);
			}
		})); SocketClient client = server.connect()) {
			client.send(6, "");
			assertThat(client.receive().text()).isEqualTo("late");
			assertThat(seen.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aWorkerMayWaitForAWrite(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(1),
				(routes) -> routes.add(6, (request) -> {
					request.connection().sendAsync(6, "first").toCompletableFuture().join();
					request.reply(6, "second");
				})); SocketClient client = server.connect()) {
			client.send(6, "");
			assertThat(client.receive().text()).isEqualTo("first");
			assertThat(client.receive().text()).isEqualTo("second");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void rawBytesLeaveAsTheyAreAndInOrder(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			connection.send(5, "framed");
			ByteBuf raw = Unpooled.copiedBuffer(SocketClient.frame(6, "by hand"));
			assertThat(connection.sendRaw(raw)).isEqualTo(SendResult.ACCEPTED);
			assertThat(raw.refCnt()).isZero();
			connection.sendRaw(SocketClient.frame(7, "by hand, too"));
			connection.send(8, "framed again");
			assertThat(client.receive()).hasToString("message 5 \"framed\"");
			assertThat(client.receive()).hasToString("message 6 \"by hand\"");
			assertThat(client.receive()).hasToString("message 7 \"by hand, too\"");
			assertThat(client.receive()).hasToString("message 8 \"framed again\"");
			assertThat(connection.messagesOut()).isEqualTo(2);
			assertThat(connection.bytesOut()).isEqualTo(8 * 4 + 6 + 7 + 12 + 12);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withPolicyDropTheSendReportsItAndTheConnectionStays(Setup setup) {
		try (TestServer server = TestServer
			.start(setup.config().outboundMaxBytes(64 * 1024).slowConsumerPolicy(SlowConsumerPolicy.DROP));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			AtomicInteger accepted = new AtomicInteger();
			AtomicInteger refused = new AtomicInteger();
			untilTheKernelIsFull(() -> {
				boolean isAccepted = connection.send(5, number(accepted.get())).isAccepted();
				(isAccepted ? accepted : refused).incrementAndGet();
				return isAccepted;
			});
			assertThat(connection.send(5, new byte[60_000])).isEqualTo(SendResult.OVERFLOW);
			assertThat(connection.isOpen()).isTrue();
			assertThat(server.metrics().dropped(DropReason.SLOW_CONSUMER)).isEqualTo(refused.get() + 1);
			for (int i = 0; i < accepted.get(); i++) {
				assertThat(client.receive().body()).isEqualTo(number(i));
			}
			Awaitility.await().until(() -> connection.bytesQueued() == 0);
			assertThat(connection.send(5, "there is room again")).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.receive().text()).isEqualTo("there is room again");
		}
	}

	private static byte[] number(int number) {
		return (number + "x".repeat(1000)).getBytes(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withPolicyBlockTheSenderWaitsUntilThereIsRoom(Setup setup) throws Exception {
		int messages = 2000;
		try (TestServer server = TestServer.start(setup.config()
			.outboundMaxBytes(64 * 1024)
			.socketBuffers(0, SocketClient.SEND_BUFFER)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(LONG));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			Connection connection = server.onlyConnection();
			CompletableFuture<Integer> refused = CompletableFuture.supplyAsync(() -> {
				int count = 0;
				for (int i = 0; i < messages; i++) {
					count += connection.send(5, number(i)).isAccepted() ? 0 : 1;
				}
				return count;
			});
			Awaitility.await().until(() -> connection.bytesQueued() > 60 * 1024);
			assertThat(refused).isNotDone();
			for (int i = 0; i < messages; i++) {
				assertThat(client.receive().body()).isEqualTo(number(i));
			}
			assertThat(refused.get(30, TimeUnit.SECONDS)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withPolicyBlockAMessageNearlyAsLongAsTheBoundWaitsForASmallBacklog(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config()
			.outboundMaxBytes(1 << 20)
			.socketBuffers(0, SocketClient.SEND_BUFFER)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(LONG));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			Connection connection = server.onlyConnection();
			int before = 0;
			while (connection.bytesQueued() < 5000) {
				connection.send(5, number(before++));
			}
			byte[] large = new byte[(1 << 20) - 2000];
			CompletableFuture<SendResult> result = CompletableFuture.supplyAsync(() -> connection.send(6, large));
			for (int i = 0; i < before; i++) {
				assertThat(client.receive().body()).isEqualTo(number(i));
			}
			assertThat(client.receive().body()).isEqualTo(large);
			assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withPolicyBlockASilentPeerIsClosedAfterTheTimeout(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()
			.outboundMaxBytes(64 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(Duration.ofMillis(50)));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			SendResult result = SendResult.ACCEPTED;
			while (result.isAccepted()) {
				result = connection.send(5, number(0));
			}
			assertThat(result).isEqualTo(SendResult.OVERFLOW);
			assertThat(connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void withPolicyBlockAWaitingSenderHearsOfTheEnd(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config()
			.outboundMaxBytes(64 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(Duration.ofHours(1)));
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			CompletableFuture<SendResult> last = CompletableFuture.supplyAsync(() -> {
				SendResult result = SendResult.ACCEPTED;
				while (result.isAccepted()) {
					result = connection.send(5, number(0));
				}
				return result;
			});
			Awaitility.await().until(() -> connection.bytesQueued() > 60 * 1024);
			client.reset();
			assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(SendResult.CLOSED);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LOOP_EPOLL", "LOOP_NIO" })
	void withPolicyBlockAnEventLoopNeverWaits(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()
			.outboundMaxBytes(16 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(Duration.ofHours(1)), (routes) -> routes.add(6, (request) -> {
				int refused = 0;
				for (int i = 0; i < 10_000; i++) {
					refused += request.reply(7, number(i)).isAccepted() ? 0 : 1;
				}
				request.connection().setProperty("refused", refused);
			})); SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			client.send(6, "");
			Connection connection = server.onlyConnection();
			Awaitility.await().until(() -> connection.property("refused") != null);
			assertThat(connection.property("refused", Integer.class)).isPositive();
			assertThat(connection.isOpen()).isTrue();
			client.receive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aLastMessageReachesThePeerThatIsThrownOut(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			SendResult result = server.onlyConnection()
				.close(CloseReason.KICKED, new Message(9, "logged in elsewhere".getBytes(StandardCharsets.UTF_8)));
			assertThat(result).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.receive()).hasToString("message 9 \"logged in elsewhere\"");
			client.awaitClose();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopSaysGoodbyeToEveryClient(Setup setup) {
		List<SocketClient> clients = new ArrayList<>();
		Message goodbye = new Message(10, "see you".getBytes(StandardCharsets.UTF_8));
		try (TestServer server = TestServer.start(setup.config().goodbye(goodbye))) {
			for (int i = 0; i < 20; i++) {
				clients.add(server.connect());
			}
			server.awaitSize(20);
			server.server().stop();
			for (SocketClient client : clients) {
				assertThat(client.receive()).hasToString("message 10 \"see you\"");
				client.awaitClose();
			}
		}
		finally {
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aGoodbyeWaitsForNobodyWhoDoesNotRead(Setup setup) {
		Message goodbye = new Message(10, new byte[60_000]);
		try (TestServer server = TestServer.start(setup.config()
			.goodbye(goodbye)
			.outboundMaxBytes(64 * 1024)
			.slowConsumerPolicy(SlowConsumerPolicy.BLOCK)
			.blockTimeout(Duration.ofHours(1))
			.flushTimeout(Duration.ZERO)); SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			fill(server.onlyConnection());
			server.server().stop();
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void everyHookMaySend(Setup setup) throws Exception {
		LinkedBlockingQueue<SendResult> afterEnd = new LinkedBlockingQueue<>();
		ConnectionListener hooks = new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				connection.send(20, "welcome");
			}

			@Override
			public void onStop(Connection connection, CloseReason reason) {
				Connection other = (Connection) connection.property("other");
				if (other != null) {
					other.send(21, "connection " + connection.connId() + " has gone: " + reason);
				}
				afterEnd.add(connection.send(22, "nobody hears this"));
			}
		};
		try (TestServer server = TestServer.start(setup.config(), hooks); SocketClient first = server.connect()) {
			Connection stays = server.onlyConnection();
			assertThat(first.receive().text()).isEqualTo("welcome");
			try (SocketClient second = server.connect()) {
				assertThat(second.receive().text()).isEqualTo("welcome");
				server.connections().page(stays.connId(), 1).get(0).setProperty("other", stays);
			}
			assertThat(first.receive().text()).isEqualTo("connection 2 has gone: peer-closed");
			assertThat(afterEnd.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(SendResult.CLOSED);
		}
	}

	@Test
	void aGoodbyeTheWireFormatCannotExpressStopsTheStart() {
		ServerConfigBuilder config = ServerConfig.builder()
			.codec(new HtlvCrcCodec())
			.goodbye(new Message(256, new byte[0]));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(config::build)
			.withMessageContaining("shutdown.goodbye.msg-id: 256");
	}

}
