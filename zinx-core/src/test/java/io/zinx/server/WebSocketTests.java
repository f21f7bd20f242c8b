package io.zinx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.codec.RawCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketHandshake;
import io.zinx.link.WebSocketSettings;
import io.zinx.message.Message;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.UpgradeResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import io.zinx.testing.WebSocketStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * WebSocket clients and the messages of other clients, with the same routers.
 */
class WebSocketTests implements ConnectionListener {

	private static final int BINARY = 0x82;

	private final List<Connection> started = new CopyOnWriteArrayList<>();

	@Override
	public void onStart(Connection connection) {
		this.started.add(connection);
	}

	private TestServer onOwnPort(Setup setup) {
		return TestServer.start(setup.config().webSocket(WebSocketSettings.onPort(0)), this);
	}

	private TestServer onSamePort() {
		return TestServer.start(Setup.HASH_EPOLL.config().webSocket(WebSocketSettings.onSamePort()), this);
	}

	private static SocketClient webSocket(int port) {
		return SocketClient.connectBehind(port, new byte[0], null).webSocket("/", "");
	}

	private static byte[] join(byte[]... parts) {
		return ProxyHeaderBytes.join(parts);
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aJdkClientExchangesMessages(Setup setup) throws Exception {
		try (TestServer server = onOwnPort(setup)) {
			JdkListener heard = new JdkListener();
			WebSocket client = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + server.server().webSocketPort() + "/"), heard)
				.get(10, TimeUnit.SECONDS);
			for (int length : new int[] { 0, 1, 100, 200, 4000 }) {
				byte[] frame = SocketClient.frame(1, "x".repeat(length));
				client.sendBinary(ByteBuffer.wrap(frame), true).get(10, TimeUnit.SECONDS);
				assertThat(heard.messages.poll(10, TimeUnit.SECONDS)).isEqualTo(frame);
			}
			assertThat(this.started).singleElement()
				.satisfies((one) -> assertThat(one.transport()).isEqualTo(ConnectionTransport.WS));
			client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
			assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo("1000 peer-closed");
			server.awaitSize(0);
			assertThat(server.metrics().closed("peer-closed")).isOne();
		}
	}

	@Test
	void oneMessageOutwardIsOneFrameAndInwardBytesAreAStream() throws IOException {
		byte[] one = SocketClient.frame(1, "one");
		byte[] two = SocketClient.frame(1, "two");
		byte[] text = new byte[] { 0, 0, 0, 1, 0, 0, 0, 3, 'a', 'b', 'c' };
		try (TestServer server = onSamePort(); SocketClient client = webSocket(server.server().port())) {
			WebSocketStream frames = client.frames();
			frames.sendRaw(WebSocketStream.frame(BINARY, join(one, two, Arrays.copyOf(one, 5))));
			frames.sendRaw(WebSocketStream.frame(BINARY, new byte[0]));
			frames.sendRaw(WebSocketStream.frame(0x81, Arrays.copyOfRange(one, 5, one.length)));
			frames.sendRaw(WebSocketStream.frame(0x02, Arrays.copyOf(two, 3)));
			frames.sendRaw(WebSocketStream.frame(0x89, "are you there".getBytes(StandardCharsets.US_ASCII)));
			frames.sendRaw(WebSocketStream.frame(0x80, Arrays.copyOfRange(two, 3, two.length)));
			frames.sendRaw(WebSocketStream.frame(0x81, text));
			List<byte[]> answers = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				answers.add(frames.receiveFrame());
			}
			byte[] pong = join(new byte[] { (byte) 0x8A }, "are you there".getBytes(StandardCharsets.US_ASCII));
			assertThat(answers).contains(pong);
			answers.removeIf((each) -> Arrays.equals(each, pong));
			byte[] head = { (byte) BINARY };
			assertThat(answers).containsExactly(join(head, one), join(head, two), join(head, one), join(head, two),
					join(head, text));
		}
	}

	@Test
	void onePortServesAllKindsOfClients() {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.webSocket(WebSocketSettings.onSamePort())
			.tls(TlsSettings.of(TestTls.serverContext()).withMode(TlsMode.OPTIONAL))
			.proxyProtocol(new ProxyProtocolSettings(ProxyProtocolMode.OPTIONAL, ProxyProtocolSettings.DEFAULT_TRUSTED,
					Duration.ofSeconds(5)));
		try (TestServer server = TestServer.start(config, this)) {
			int port = server.server().port();
			List<SocketClient> clients = new ArrayList<>();
			for (byte[] header : List.of(new byte[0], ProxyHeaderBytes.v1(), ProxyHeaderBytes.v2())) {
				clients.add(SocketClient.connectBehind(port, header, null));
				clients.add(SocketClient.connectBehind(port, header, TestTls.clientContext()));
				clients.add(SocketClient.connectBehind(port, header, null).webSocket("/", ""));
				clients.add(SocketClient.connectBehind(port, header, TestTls.clientContext()).webSocket("/", ""));
			}
			for (int round = 0; round < 3; round++) {
				clients.forEach((client) -> client.send(1, "hello"));
				clients.forEach((client) -> assertThat(client.receive().text()).isEqualTo("hello"));
			}
			for (ConnectionTransport transport : List.of(ConnectionTransport.TCP, ConnectionTransport.TLS,
					ConnectionTransport.WS, ConnectionTransport.WSS)) {
				assertThat(this.started).filteredOn((one) -> one.transport() == transport).hasSize(3);
				assertThat(server.metrics().links().open(transport)).as(transport.tag()).isEqualTo(3);
			}
			assertThat(server.connections().broadcast(7, "all".getBytes(StandardCharsets.UTF_8)).reached())
				.isEqualTo(12);
			assertThat(server.connections().broadcast(8, new byte[3000]).reached()).isEqualTo(12);
			clients.forEach((client) -> {
				assertThat(client.receive().text()).isEqualTo("all");
				assertThat(client.receive().body()).isEqualTo(new byte[3000]);
			});
			clients.forEach(SocketClient::close);
			server.awaitSize(0);
			assertThat(server.metrics().links().open(ConnectionTransport.WSS)).isZero();
		}
	}

	@Test
	void aRequestThatComesLateIsStillOne() {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.webSocket(WebSocketSettings.onSamePort())
			.sniffTimeout(Duration.ofMillis(20));
		try (TestServer server = TestServer.start(config, this)) {
			SocketClient plain = SocketClient.connectPlain(server.server().port());
			server.awaitSize(1);
			try (SocketClient client = plain.webSocket("/", "")) {
				assertThat(client.send(1, "late").receive().text()).isEqualTo("late");
				assertThat(server.onlyConnection().transport()).isEqualTo(ConnectionTransport.WS);
				assertThat(server.metrics().links().open(ConnectionTransport.WS)).isOne();
				assertThat(server.metrics().links().open(ConnectionTransport.TCP)).isZero();
			}
			server.awaitSize(0);
		}
	}

	@Test
	void theRequestIsRemembered() {
		WebSocketSettings settings = WebSocketSettings.onSamePort()
			.withPath("/chat")
			.withAllowedOrigins("https://example.org")
			.withSubprotocols("v2", "v1");
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().webSocket(settings), this);
				SocketClient client = SocketClient.connectPlain(server.server().port())
					.webSocket("/chat?room=7%20b",
							"Origin: https://example.org\r\nSec-WebSocket-Protocol: v0, v1, v2\r\n")) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			assertThat(server.onlyConnection().webSocket())
				.isEqualTo(new WebSocketHandshake("/chat", "room=7%20b", "https://example.org", "v1", false, false));
		}
	}

	@Test
	void messagesMayBeSentAsText() throws IOException {
		WebSocketSettings settings = WebSocketSettings.onSamePort().withText(true);
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().codec(new RawCodec()).webSocket(settings);
		try (TestServer server = TestServer.start(config,
				(routes) -> routes.fallback((request) -> request.reply(0, request.body())), this);
				SocketClient client = webSocket(server.server().port())) {
			client.frames().sendRaw(WebSocketStream.frame(0x81, "hello".getBytes(StandardCharsets.UTF_8)));
			assertThat(client.frames().receiveFrame()).isEqualTo("\u0081hello".getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	@ParameterizedTest
	@CsvSource({ "KICKED, 4001", "REPLACED, 4002", "HANDLER, 1000", "INTERNAL_ERROR, 1011", "MAX_AGE, 1012" })
	void theCodeSaysWhyAConnectionEnds(CloseReason reason, int code) {
		try (TestServer server = onSamePort(); SocketClient client = webSocket(server.server().port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			server.onlyConnection().close(reason);
			client.awaitClose();
			assertThat(client.frames().closeCode()).isEqualTo(code);
			assertThat(client.frames().closeText()).isEqualTo(reason.tag());
			server.awaitSize(0);
			assertThat(server.metrics().closed(reason.tag())).isOne();
		}
	}

	@Test
	void aStopSaysThatItIsOne() {
		try (TestServer server = onSamePort(); SocketClient client = webSocket(server.server().port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(server.server()::stop);
			client.awaitClose();
			assertThat(client.frames().closeCode()).isEqualTo(1012);
			stopped.join();
		}
	}

	@ParameterizedTest
	@EnumSource(value = MaxConnPolicy.class, names = { "CLOSE", "REJECT_MESSAGE" })
	void aFullServerSaysThatItIsFull(MaxConnPolicy policy) {
		Message reject = new Message(9, "full".getBytes(StandardCharsets.UTF_8));
		boolean message = policy == MaxConnPolicy.REJECT_MESSAGE;
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.webSocket(WebSocketSettings.onSamePort())
			.maxConn(1)
			.connections(new ConnectionSettings(DuplicateLogin.KICK_OLD, policy, message ? reject : null));
		try (TestServer server = TestServer.start(config, this);
				SocketClient first = webSocket(server.server().port())) {
			assertThat(first.send(1, "in").receive().text()).isEqualTo("in");
			try (SocketClient second = webSocket(server.server().port())) {
				if (message) {
					assertThat(second.receive().text()).isEqualTo("full");
				}
				second.awaitClose();
				assertThat(second.frames().closeCode()).isEqualTo(1013);
				assertThat(second.frames().closeText()).isEqualTo("max-conn");
			}
		}
	}

	@Test
	void pingsShowThatAClientLives() {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().webSocket(WebSocketSettings.onSamePort());
		try (TestServer server = TestServer.start(config, this);
				SocketClient client = webSocket(server.server().port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			Connection connection = server.onlyConnection();
			long bytes = connection.bytesIn();
			Awaitility.await().until(() -> {
				Instant before = connection.lastActiveAt();
				client.frames().sendRaw(WebSocketStream.frame(0x89, new byte[0]));
				assertThat(client.frames().receiveFrame()).isEqualTo(new byte[] { (byte) 0x8A });
				return connection.lastActiveAt().isAfter(before);
			});
			assertThat(connection.bytesIn()).isEqualTo(bytes);
		}
	}

	@Test
	void clientsArePingedIfThatIsConfigured() throws IOException {
		WebSocketSettings settings = WebSocketSettings.onPort(0).withPingInterval(Duration.ofMillis(20));
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().webSocket(settings), this);
				SocketClient client = webSocket(server.server().webSocketPort())) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.frames().receiveFrame()).isEqualTo(new byte[] { (byte) 0x89 });
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "/, 426, not-upgrade", "/other, 426, not-upgrade", "/up, 200, health" })
	void aBrowserGetsAnAnswer(String path, int status, String result) throws Exception {
		WebSocketSettings settings = WebSocketSettings.onSamePort().withHealthPath("/up");
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().webSocket(settings).sniffTimeout(Duration.ofSeconds(60));
		try (TestServer server = TestServer.start(config, this)) {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + server.server().port() + path))
				.version(HttpClient.Version.HTTP_1_1)
				.build();
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.body()).endsWith("\n").doesNotContain("Exception");
			UpgradeResult counted = Arrays.stream(UpgradeResult.values())
				.filter((each) -> each.tag().equals(result))
				.findFirst()
				.orElseThrow();
			assertThat(server.metrics().links().upgrades(counted)).isOne();
			Awaitility.await().until(() -> server.server().pendingHandshakes() == 0);
			assertThat(this.started).isEmpty();
		}
	}

	@Test
	void aClientWithoutARequestIsClosedInTime() {
		WebSocketSettings settings = WebSocketSettings.onPort(0).withUpgradeTimeout(Duration.ofMillis(200));
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().webSocket(settings), this)) {
			int port = server.server().webSocketPort();
			try (SocketClient silent = SocketClient.connectPlain(port);
					SocketClient slow = SocketClient.connectPlain(port)) {
				slow.sendRaw("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
				silent.awaitClose();
				slow.awaitClose();
			}
			Awaitility.await().until(() -> server.metrics().links().upgrades(UpgradeResult.TIMEOUT) == 2);
			assertThat(this.started).isEmpty();
		}
	}

	@Test
	void thePortOfWebSocketTakesNothingElse() {
		try (TestServer server = onOwnPort(Setup.HASH_EPOLL)) {
			try (SocketClient client = SocketClient.connectPlain(server.server().webSocketPort())) {
				byte[] answer = client.send(1, "hello\r\n\r\n").receiveAll();
				assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 400 ");
			}
			try (SocketClient client = SocketClient.connectPlain(server.server().port())) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				assertThat(server.onlyConnection().transport()).isEqualTo(ConnectionTransport.TCP);
			}
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> SocketClient.connectPlain(server.server().port()).webSocket("/", "").close());
		}
	}

	@Test
	void aServerMayHaveNoOtherPort() {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().webSocket(WebSocketSettings.onPort(0)).port(-1);
		try (TestServer server = TestServer.start(config, this)) {
			assertThat(server.server().port()).isEqualTo(-1);
			try (SocketClient client = webSocket(server.server().webSocketPort())) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			}
		}
	}

	/**
	 * The listener of the JDK's client: whole messages, and the end.
	 */
	private static final class JdkListener implements WebSocket.Listener {

		private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

		private final CompletableFuture<String> closed = new CompletableFuture<>();

		private byte[] part = {};

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
			byte[] more = new byte[data.remaining()];
			data.get(more);
			this.part = ProxyHeaderBytes.join(this.part, more);
			if (last) {
				this.messages.add(this.part);
				this.part = new byte[0];
			}
			client.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket client, int code, String reason) {
			this.closed.complete(code + " " + reason);
			return null;
		}

		@Override
		public void onError(WebSocket client, Throwable error) {
			this.closed.completeExceptionally(error);
		}

	}

}
