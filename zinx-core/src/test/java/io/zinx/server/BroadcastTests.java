package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.Group;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BroadcastTests {

	private static final String LONG_TEXT = "x".repeat(3000);

	@ParameterizedTest
	@EnumSource(Setup.class)
	void reachesWhomItIsFor(Setup setup) {
		try (TestServer server = TestServer.start(setup.config())) {
			List<SocketClient> clients = connect(server, 3);
			Connection first = connection(server, 1);
			Group lobby = server.connections().group("lobby");
			lobby.join(first);
			lobby.join(connection(server, 2));
			assertReached(server.connections().broadcast(5, "all"), 3);
			assertReached(server.connections().broadcast(5, "bytes".getBytes(StandardCharsets.UTF_8)), 3);
			assertReached(server.connections().all().except(first).broadcast(5, "all but one"), 2);
			assertReached(lobby.broadcast(5, buffer("lobby")), 2);
			assertReached(lobby.except(first).broadcast(5, LONG_TEXT), 1);
			assertReached(lobby.where((connection) -> connection.connId() == 1).broadcast(5, "one of the lobby"), 1);
			assertReached(server.connections().where((connection) -> connection.connId() != 2).broadcast(5, "1 3"), 2);
			assertReached(server.connections().group("nobody").broadcast(5, "x"), 0);
			assertReceived(clients.get(0), "all", "bytes", "lobby", "one of the lobby", "1 3");
			assertReceived(clients.get(1), "all", "bytes", "all but one", "lobby", LONG_TEXT);
			assertReceived(clients.get(2), "all", "bytes", "all but one", "1 3");
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3000 })
	void isEncodedOnce(int length) {
		CountingCodec codec = new CountingCodec();
		try (TestServer server = TestServer.start(ServerConfig.builder().codec(codec))) {
			List<SocketClient> clients = connect(server, 20);
			assertReached(server.connections().broadcast(5, "x".repeat(length)), 20);
			assertThat(codec.written).hasValue(1);
			clients.forEach((client) -> assertReceived(client, "x".repeat(length)));
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void worksFromRoutersAndHooks(Setup setup) {
		CompletableFuture<TestServer> holder = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, (request) -> {
			request.reply(2, "before");
			BroadcastResult result = holder.join().connections().broadcast(5, request.bodyAsString());
			request.reply(2, "told " + result.reached());
		}), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				holder.join().connections().broadcast(5, connection.connId() + " has gone");
			}
		})) {
			holder.complete(server);
			List<SocketClient> clients = connect(server, 3);
			clients.get(0).send(2, "hello");
			assertReceived(clients.get(0), "before", "hello", "told 3");
			connection(server, 2).close();
			assertReceived(clients.get(0), "2 has gone");
			assertReceived(clients.get(2), "hello", "2 has gone");
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void keepsTheOrderOfTheSendingThread(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			Thread sender = new Thread(() -> {
				for (int i = 0; i < 3000; i += 3) {
					connection.send(5, "" + i);
					server.connections().broadcast(5, "" + (i + 1));
					server.connections().broadcast(5, (i + 2) + " ".repeat(600));
				}
			});
			sender.start();
			for (int i = 0; i < 3000; i++) {
				assertThat(client.receive().text().trim()).isEqualTo("" + i);
			}
			sender.join();
		}
	}

	@ParameterizedTest
	@EnumSource(SlowConsumerPolicy.class)
	void aMemberThatDoesNotReadDelaysNobody(SlowConsumerPolicy policy) {
		ServerConfigBuilder config = ServerConfig.builder()
			.outboundMaxBytes(64 * 1024)
			.flushTimeout(Duration.ZERO)
			.slowConsumerPolicy(policy);
		try (TestServer server = TestServer.start(config); SocketClient reads = server.connect()) {
			server.awaitSize(1);
			try (SocketClient silent = SocketClient.connect(server.server().port(), 4096)) {
				server.awaitSize(2);
				Connection deaf = connection(server, 2);
				int overflowed = 0;
				String body = "x".repeat(16 * 1024);
				for (int i = 0; i < 3000 && overflowed == 0; i++) {
					BroadcastResult result = server.connections().broadcast(5, body);
					assertThat(reads.receive().text()).isEqualTo(body);
					assertThat(result.reached()).isGreaterThanOrEqualTo(1);
					overflowed += result.overflowed();
				}
				assertThat(overflowed).isEqualTo(1);
				if (policy == SlowConsumerPolicy.CLOSE) {
					assertThat(deaf.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
				}
				else {
					assertThat(deaf.isOpen()).isTrue();
				}
				assertThat(silent.localPort()).isPositive();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void saysWhatBecameOfIt(Setup setup) {
		List<BroadcastResult> results = new CopyOnWriteArrayList<>();
		CompletableFuture<TestServer> holder = new CompletableFuture<>();
		try (TestServer server = TestServer.start(setup.config().outboundMaxBytes(2048), new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				if (connection.connId() == 1) {
					results.add(holder.join().connections().broadcast(5, "who is there"));
				}
			}
		})) {
			holder.complete(server);
			List<SocketClient> clients = connect(server, 2);
			connection(server, 1).close();
			server.awaitSize(1);
			assertThat(results).containsExactly(new BroadcastResult(1, 1, 0, 0));
			assertThat(results.get(0).total()).isEqualTo(2);
			assertThat(server.connections().broadcast(5, LONG_TEXT)).isEqualTo(new BroadcastResult(0, 0, 0, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> server.connections().broadcast(-1, "x"));
			ByteBuf body = buffer("x");
			assertThatIllegalArgumentException().isThrownBy(() -> server.connections().all().broadcast(-1, body));
			assertThat(body.refCnt()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> server.connections().where((connection) -> {
				throw new IllegalStateException("on purpose");
			}).broadcast(5, LONG_TEXT));
			assertReceived(clients.get(1), "who is there");
			clients.forEach(SocketClient::close);
		}
	}

	private static ByteBuf buffer(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
	}

	private static void assertReached(BroadcastResult result, int reached) {
		assertThat(result).isEqualTo(new BroadcastResult(reached, 0, 0, 0));
	}

	private static void assertReceived(SocketClient client, String... texts) {
		for (String text : texts) {
			assertThat(client.receive().text()).isEqualTo(text);
		}
	}

	/**
	 * One after the other, so that the first client is connection 1.
	 */
	private static List<SocketClient> connect(TestServer server, int count) {
		List<SocketClient> clients = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			clients.add(server.connect());
			server.awaitSize(i);
		}
		return clients;
	}

	private static Connection connection(TestServer server, long connId) {
		Connection connection = server.connections().get(connId);
		assertThat(connection).isNotNull();
		return connection;
	}

	private static final class CountingCodec implements FrameCodec {

		private final FrameCodec codec = new TlvCodec();

		private final AtomicInteger written = new AtomicInteger();

		@Override
		public String name() {
			return "counting";
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.codec.newDecoder(maxPacketSize);
		}

		@Override
		public int headLength() {
			return this.codec.headLength();
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			this.written.incrementAndGet();
			this.codec.writeHead(msgId, bodyLength, out);
		}

	}

}
