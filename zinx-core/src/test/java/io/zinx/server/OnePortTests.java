package io.zinx.server;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One port that tells its clients apart by their first bytes.
 */
class OnePortTests implements ConnectionListener {

	private static final SocketAddress CLIENT = new InetSocketAddress(ProxyHeaderBytes.CLIENT, ProxyHeaderBytes.PORT);

	private static final List<String> EVERYBODY = ProxyProtocolSettings.DEFAULT_TRUSTED;

	private final List<Connection> started = new CopyOnWriteArrayList<>();

	@Override
	public void onStart(Connection connection) {
		this.started.add(connection);
	}

	private static ProxyProtocolSettings proxy(ProxyProtocolMode mode, List<String> trusted) {
		return new ProxyProtocolSettings(mode, trusted, Duration.ofSeconds(5));
	}

	private static TlsSettings tls(TlsMode mode) {
		return TlsSettings.of(TestTls.serverContext()).withMode(mode);
	}

	/**
	 * A server that waits long enough for clients on a busy machine.
	 */
	private TestServer patient(ServerConfigBuilder config) {
		return mixed(config.sniffTimeout(Duration.ofSeconds(30)));
	}

	private TestServer mixed(ServerConfigBuilder config) {
		return TestServer
			.start(config.tls(tls(TlsMode.OPTIONAL)).proxyProtocol(proxy(ProxyProtocolMode.OPTIONAL, EVERYBODY)), this);
	}

	private static SocketClient plain(TestServer server) {
		return SocketClient.connectPlain(server.server().port());
	}

	/**
	 * Each of these begins with its header, if it has one, and ends with the same
	 * messages.
	 */
	private static List<SocketClient> clientsOfAllKinds(TestServer server) {
		int port = server.server().port();
		List<SocketClient> clients = new ArrayList<>();
		for (byte[] header : List.of(new byte[0], ProxyHeaderBytes.v1(), ProxyHeaderBytes.v2())) {
			clients.add(SocketClient.connectBehind(port, header, null));
			clients.add(SocketClient.connectBehind(port, header, TestTls.clientContext()));
		}
		return clients;
	}

	private static byte[] frame(FrameCodec codec, String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		if (codec instanceof TlvCodec) {
			return SocketClient.frame(1, body);
		}
		return ByteBuffer.allocate(8 + body.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(body.length)
			.putInt(1)
			.put(body)
			.array();
	}

	@ParameterizedTest
	@ValueSource(classes = { TlvCodec.class, LtvCodec.class })
	void clientsOfAllKindsGetTheSameAnswersAtOnce(Class<? extends FrameCodec> type) {
		FrameCodec codec = (type == TlvCodec.class) ? new TlvCodec() : new LtvCodec();
		try (TestServer server = patient(Setup.HASH_EPOLL.config().codec(codec))) {
			List<SocketClient> clients = clientsOfAllKinds(server);
			String text = "hello ".repeat(100);
			byte[] frame = frame(codec, text);
			for (int round = 0; round < 3; round++) {
				clients.forEach((client) -> client.sendRaw(frame));
				clients.forEach((client) -> assertThat(client.receiveRaw(frame.length)).isEqualTo(frame));
			}
			assertThat(this.started).hasSize(6);
			assertThat(this.started).filteredOn((one) -> one.remoteAddress().equals(CLIENT)).hasSize(4);
			assertThat(this.started).filteredOn((one) -> one.transport() == ConnectionTransport.TLS)
				.hasSize(3)
				.allMatch((one) -> one.tlsSession() != null);
			assertThat(server.metrics().links().open(ConnectionTransport.TLS)).isEqualTo(3);
			assertThat(server.metrics().links().open(ConnectionTransport.TCP)).isEqualTo(3);
			clients.forEach(SocketClient::close);
			server.awaitSize(0);
			assertThat(server.metrics().links().open(ConnectionTransport.TLS)).isZero();
			assertThat(server.metrics().links().accepted(ConnectionTransport.TCP)).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatWaitsForTheServerIsGreeted(Setup setup) {
		ConnectionListener greeting = new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				connection.send(7, "welcome".getBytes(StandardCharsets.UTF_8));
			}
		};
		ServerConfigBuilder config = setup.config()
			.tls(tls(TlsMode.OPTIONAL))
			.proxyProtocol(proxy(ProxyProtocolMode.OPTIONAL, EVERYBODY))
			.sniffTimeout(Duration.ofMillis(20));
		try (TestServer server = TestServer.start(config, greeting); SocketClient client = plain(server)) {
			assertThat(client.receive().text()).isEqualTo("welcome");
			assertThat(client.send(1, "thanks").receive().text()).isEqualTo("thanks");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatBeginsTlsLateIsServed(Setup setup) {
		try (TestServer server = mixed(setup.config().sniffTimeout(Duration.ofMillis(20)))) {
			try (SocketClient client = SocketClient.connectBehind(server.server().port(), new byte[0],
					TestTls.clientContext(), () -> server.awaitSize(1))) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				assertThat(server.onlyConnection().transport()).isEqualTo(ConnectionTransport.TLS);
				assertThat(server.metrics().links().open(ConnectionTransport.TLS)).isOne();
			}
			server.awaitSize(0);
			assertThat(server.metrics().links().open(ConnectionTransport.TLS)).isZero();
			assertThat(server.metrics().links().open(ConnectionTransport.TCP)).isZero();
		}
	}

	@Test
	void aPlainClientOnAPortOfTlsIsRefusedAsBefore() {
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config()
			.tls(tls(TlsMode.REQUIRED))
			.proxyProtocol(proxy(ProxyProtocolMode.OPTIONAL, EVERYBODY)), this); SocketClient client = plain(server)) {
			client.sendRaw(ProxyHeaderBytes.v1()).send(1, "hello").awaitClose();
			Awaitility.await().until(() -> server.metrics().links().handshakes(HandshakeResult.PLAIN_TEXT) == 1);
			assertThat(this.started).isEmpty();
		}
	}

	@Test
	void aHeaderFromAnAddressThatIsNotTrustedClosesTheClient() {
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger("io.zinx.link.ProxyHeaders");
		logger.setLevel(Level.INFO);
		lines.start();
		logger.addAppender(lines);
		try (TestServer server = TestServer.start(
				Setup.HASH_EPOLL.config().proxyProtocol(proxy(ProxyProtocolMode.OPTIONAL, List.of("192.0.2.0/24"))),
				this)) {
			for (byte[] header : List.of(ProxyHeaderBytes.v1(), ProxyHeaderBytes.v2())) {
				try (SocketClient client = plain(server)) {
					client.sendRaw(header).awaitClose();
				}
			}
			Awaitility.await().until(() -> server.metrics().links().proxyHeaders(ProxyHeaderResult.UNTRUSTED) == 2);
			assertThat(this.started).isEmpty();
			assertThat(lines.list).singleElement()
				.satisfies((line) -> assertThat(line.getFormattedMessage()).contains("/127.0.0.1",
						"its address is in none of the networks of zinx.proxy-protocol.trusted: [192.0.2.0/24]"));
			try (SocketClient client = plain(server)) {
				assertThat(client.send(1, "no header").receive().text()).isEqualTo("no header");
			}
		}
		finally {
			logger.detachAppender(lines);
		}
	}

	@Test
	void theServerNameChoosesTheCertificate() throws Exception {
		TlsSettings byName = tls(TlsMode.REQUIRED)
			.withServerName("chat.example.org", () -> TestTls.serverContext("CN=chat"))
			.withServerName("*.example.org", () -> TestTls.serverContext("CN=any"));
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().tls(byName), this)) {
			for (List<String> each : List.of(List.of("chat.example.org", "CN=chat"),
					List.of("CHAT.example.org", "CN=chat"), List.of("game.example.org", "CN=any"),
					List.of("a.b.example.org", "CN=localhost"), List.of("localhost", "CN=localhost"),
					List.of("", "CN=localhost"))) {
				assertThat(SocketClient.subjectOf(server.server().port(), each.get(0))).as(each.get(0))
					.isEqualTo(each.get(1));
			}
			assertThat(server.metrics().links().handshakes(HandshakeResult.SUCCESS)).isEqualTo(6);
		}
	}

	@Test
	void withServerNamesFailuresAreCountedAsWithout() {
		TlsSettings byName = tls(TlsMode.REQUIRED).withServerName("chat.example.org", TestTls::serverContext)
			.withHandshakeTimeout(Duration.ofMillis(300));
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().tls(byName), this)) {
			try (SocketClient client = plain(server)) {
				client.send(1, "hello").receiveAll();
			}
			try (SocketClient client = plain(server)) {
				client.sendRaw(HexFormat.of().parseHex("1603010100")).awaitClose();
			}
			try (SocketClient client = plain(server)) {
				client.sendRaw(HexFormat.of().parseHex("160301"));
			}
			Awaitility.await().untilAsserted(() -> {
				assertThat(server.metrics().links().handshakes(HandshakeResult.PLAIN_TEXT)).isOne();
				assertThat(server.metrics().links().handshakes(HandshakeResult.TIMEOUT)).isOne();
				assertThat(server.metrics().links().handshakes(HandshakeResult.ABORTED)).isOne();
			});
			assertThat(server.server().pendingHandshakes()).isZero();
			assertThat(this.started).isEmpty();
		}
	}

	@Test
	void aClientThatFindsNoSlotIsRejectedWithTheAddressOfItsHeader() {
		List<SocketAddress> rejected = new CopyOnWriteArrayList<>();
		try (TestServer server = patient(Setup.HASH_EPOLL.config().maxConn(1)); SocketClient first = plain(server)) {
			server.connections().onRejected((address, reason) -> rejected.add(Objects.requireNonNull(address)));
			assertThat(first.send(1, "in").receive().text()).isEqualTo("in");
			try (SocketClient second = plain(server)) {
				second.sendRaw(ProxyHeaderBytes.v2()).send(1, "hello").receiveAll();
			}
			catch (UncheckedIOException ex) {
				assertThat(ex.getCause()).hasMessageContaining("reset");
			}
			Awaitility.await().until(() -> !rejected.isEmpty());
			assertThat(rejected).containsExactly(CLIENT);
		}
	}

	@Test
	void aHealthCheckOfAProxyIsAConnectionLikeAnyOther() {
		try (TestServer server = TestServer
			.start(Setup.HASH_EPOLL.config().proxyProtocol(proxy(ProxyProtocolMode.REQUIRED, EVERYBODY)), this)) {
			try (SocketClient check = plain(server)) {
				check.sendRaw(ProxyHeaderBytes.local(new byte[100]));
				Awaitility.await().until(() -> this.started.size() == 1);
				assertThat(((InetSocketAddress) this.started.get(0).remoteAddress()).getAddress())
					.isEqualTo(InetAddress.getLoopbackAddress());
			}
			server.awaitSize(0);
			assertThat(server.metrics().closed("peer-closed")).isOne();
			assertThat(server.metrics().links().proxyHeaders(ProxyHeaderResult.LOCAL)).isOne();
		}
	}

	@Test
	void theAddressOfAHeaderLastsAsLongAsTheConnectionIsKnown() {
		try (TestServer server = patient(Setup.HASH_EPOLL.config())) {
			try (SocketClient client = plain(server)) {
				client.sendRaw(ProxyHeaderBytes.v1()).send(1, "hello").receive();
			}
			server.awaitSize(0);
			Connection gone = this.started.get(0);
			assertThat(gone.remoteAddress()).isEqualTo(CLIENT);
			assertThat(Objects.requireNonNull(gone.proxyHeader()).clientAddress()).isEqualTo(CLIENT);
			assertThat(gone).hasToString("Connection 1 of test-hash_epoll from /192.0.2.7:51234");
		}
	}

	@Test
	void bytesAreNeitherLostNorReorderedHoweverTheyArrive() {
		byte[] frames = new byte[0];
		for (int number = 0; number < 20; number++) {
			frames = ProxyHeaderBytes.join(frames, SocketClient.frame(1, "message " + number));
		}
		byte[] all = ProxyHeaderBytes.join(ProxyHeaderBytes.v1(), frames);
		try (TestServer server = patient(Setup.HASH_EPOLL.config())) {
			for (int piece = 1; piece < 40; piece += 3) {
				try (SocketClient client = plain(server)) {
					for (int at = 0; at < all.length; at += piece) {
						client.sendRaw(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
					}
					for (int number = 0; number < 20; number++) {
						assertThat(client.receive().text()).isEqualTo("message " + number);
					}
				}
			}
		}
	}

}
