package io.zinx.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslContext;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.metrics.ServerMetrics;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.ProxyHeaderBytes.Value;
import io.zinx.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolDetectorTests {

	private static final InetSocketAddress CLIENT = new InetSocketAddress(ProxyHeaderBytes.CLIENT,
			ProxyHeaderBytes.PORT);

	private static final SslContext SERVER_TLS = TestTls.serverContext();

	private static final SSLContext CLIENT_TLS = TestTls.clientContext();

	private final ServerMetrics metrics = new ServerMetrics();

	private @Nullable TlsFixture opened;

	private static TlsSettings tls(TlsMode mode) {
		return TlsSettings.of(SERVER_TLS).withMode(mode);
	}

	private static LinkSettings settings(ProxyProtocolMode proxy, @Nullable TlsSettings tls) {
		return LinkSettings.DEFAULTS.withTls(tls)
			.withProxyProtocol(
					new ProxyProtocolSettings(proxy, ProxyProtocolSettings.DEFAULT_TRUSTED, Duration.ofSeconds(3)));
	}

	private static LinkSettings mixed() {
		return settings(ProxyProtocolMode.OPTIONAL, tls(TlsMode.OPTIONAL));
	}

	private TlsFixture connect(LinkSettings settings) {
		LinkInitializer links = Objects
			.requireNonNull(Links.of("test", settings, 4096, null, this.metrics.links(), System::nanoTime).port());
		this.opened = new TlsFixture(links, CLIENT_TLS);
		return this.opened;
	}

	private TlsFixture connect() {
		return connect(mixed());
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String read(TlsFixture fixture) {
		StringBuilder all = new StringBuilder();
		fixture.heard.stream()
			.filter((line) -> line.startsWith("read "))
			.forEach((line) -> all.append(line, 5, line.length()));
		return all.toString();
	}

	@AfterEach
	void close() {
		if (this.opened != null) {
			this.opened.close();
		}
	}

	@Test
	void aMessageIsPassedOnAtOnce() {
		TlsFixture fixture = connect();
		fixture.serverReads(ascii("8 bytes!"));
		assertThat(fixture.heard).containsExactly("active", "read 8 bytes!");
		assertThat(fixture.server.pipeline().names()).noneMatch((name) -> name.startsWith("zinx"));
		assertThat(fixture.pending.size()).isZero();
		assertThat(fixture.link().transport(fixture.server)).isNotEqualTo(ConnectionTransport.TLS);
	}

	@Test
	void theBytesOfAClientThatCannotBeAdmittedAreReleased() {
		TlsFixture fixture = connect();
		fixture.failAdmission();
		ByteBuf bytes = Unpooled.copiedBuffer("8 bytes!", StandardCharsets.US_ASCII);
		fixture.server.turn(() -> fixture.server.pipeline().fireChannelRead(bytes));
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.heard).isEmpty();
		assertThat(bytes.refCnt()).isZero();
	}

	@Test
	void bytesThatDecideNothingWait() {
		TlsFixture fixture = connect();
		fixture.serverReads(ascii("PROX"));
		assertThat(fixture.heard).isEmpty();
		assertThat(fixture.link().isMidRecord()).isTrue();
		assertThat(fixture.reads()).isEqualTo(2);
		fixture.serverReads(ascii("imity"));
		assertThat(fixture.heard).containsExactly("active", "read PROXimity");
		assertThat(fixture.link().isMidRecord()).isFalse();
	}

	static Stream<Arguments> ways() {
		byte[] nothing = {};
		return Stream.of(Arguments.of("plain", nothing, false), Arguments.of("tls", nothing, true),
				Arguments.of("v1", ProxyHeaderBytes.v1(), false), Arguments.of("v1 tls", ProxyHeaderBytes.v1(), true),
				Arguments.of("v2", ProxyHeaderBytes.v2(new Value(5, ascii("id"))), false),
				Arguments.of("v2 tls", ProxyHeaderBytes.v2(new Value(5, ascii("id"))), true));
	}

	/**
	 * Whatever a client begins with, and wherever its first 600 bytes are divided, the
	 * same is read. A handshake for each place is for the proof; otherwise every place of
	 * the first 20, some behind them, and one client whose bytes arrive one by one.
	 */
	@ParameterizedTest(name = "{0}")
	@MethodSource("ways")
	void theFirstBytesMayBeDividedAnywhere(String name, byte[] header, boolean encrypted) {
		LinkSettings settings = mixed();
		boolean some = encrypted && !Boolean.getBoolean("zinx.proof.splits");
		assertIsServed(connect(settings), Divided.INTO_SINGLE_BYTES, header, encrypted);
		for (int split = 1; split < 600; split += (split < 20 || !some) ? 1 : 45) {
			assertIsServed(connect(settings), split, header, encrypted);
		}
	}

	private static void assertIsServed(TlsFixture fixture, int split, byte[] header, boolean encrypted) {
		String text = "x".repeat(600);
		Divided divided = new Divided(fixture, split);
		divided.send(header);
		if (encrypted) {
			fixture.clientSends(text);
			for (byte[] bytes = fixture.intercept(); bytes.length > 0; bytes = fixture.intercept()) {
				divided.send(bytes);
				fixture.toClient();
			}
		}
		else {
			divided.send(ascii(text));
		}
		assertThat(fixture.heard.get(0)).as("divided at %s", split).isEqualTo("active");
		assertThat(read(fixture)).as("divided at %s", split).isEqualTo(text);
		assertThat(fixture.link().tlsSession() != null).isEqualTo(encrypted);
		assertThat(fixture.link().proxyHeader() != null).isEqualTo(header.length > 0);
		if (header.length > 0) {
			assertThat(fixture.link().remoteAddress(fixture.server)).isEqualTo(CLIENT);
		}
		fixture.close();
	}

	@Test
	void aHeaderOfVersion1NamesTheAddress() {
		TlsFixture fixture = connect();
		fixture.serverReads(ProxyHeaderBytes.join(ProxyHeaderBytes.v1(), ascii("hello")));
		assertThat(fixture.heard).containsExactly("active", "read hello");
		ProxyHeader header = Objects.requireNonNull(fixture.link().proxyHeader());
		assertThat(header.version()).isOne();
		assertThat(header.clientAddress()).isEqualTo(CLIENT);
		assertThat(header.destinationAddress()).isEqualTo(new InetSocketAddress("198.51.100.1", 443));
		assertThat(header.proxyAddress()).isEqualTo(fixture.server.remoteAddress());
		assertThat(header.uniqueId()).isEmpty();
		assertThat(this.metrics.links().proxyHeaders(ProxyHeaderResult.SUCCESS)).isOne();
	}

	@Test
	void aHeaderOfVersion2HasValues() {
		TlsFixture fixture = connect();
		fixture.serverReads(ProxyHeaderBytes.v2(new Value(2, ascii("chat.example.org")), new Value(5, ascii("id-1")),
				new Value(0xEA, ascii("\u0001vpce-08d2bf15fac5001c9")),
				new Value(0xE0, HexFormat.of().parseHex("00000000000000ff")), new Value(0xF0, ascii("own"))));
		ProxyHeader header = Objects.requireNonNull(fixture.link().proxyHeader());
		assertThat(header.version()).isEqualTo(2);
		assertThat(header.clientAddress()).isEqualTo(CLIENT);
		assertThat(header.serverName()).contains("chat.example.org");
		assertThat(header.uniqueId()).hasValue(ascii("id-1"));
		assertThat(header.awsVpcEndpointId()).contains("vpce-08d2bf15fac5001c9");
		assertThat(header.gcpConnectionId()).contains(255L);
		assertThat(header.value(0xF0)).hasValue(ascii("own"));
		assertThat(header.value(0xF1)).isEmpty();
		assertThat(header).hasToString("PROXY version 2 from embedded for /192.0.2.7:51234");
	}

	@Test
	void aHeaderMayNameAnAddressOfIpv6() {
		TlsFixture fixture = connect();
		fixture.serverReads(ProxyHeaderBytes.v2WithIpv6());
		assertThat(fixture.link().remoteAddress(fixture.server)).isEqualTo(new InetSocketAddress("2001:db8::7", 51234));
	}

	static Stream<byte[]> headersWithoutAnAddress() {
		return Stream.of(ProxyHeaderBytes.line("PROXY UNKNOWN"),
				ProxyHeaderBytes.line("PROXY UNKNOWN ffff::1 whatever the proxy writes"),
				ProxyHeaderBytes.local(new byte[0]), ProxyHeaderBytes.local(ascii("no address, and no value either")),
				ProxyHeaderBytes.local(new byte[65_535]), ProxyHeaderBytes.v2(0x21, 0x00, ascii("skipped")));
	}

	@ParameterizedTest
	@MethodSource("headersWithoutAnAddress")
	void aProxyThatSpeaksForItselfIsServedWithItsOwnAddress(byte[] header) {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, tls(TlsMode.OPTIONAL)));
		fixture.serverReads(header);
		fixture.serverReads(ascii("health?!"));
		assertThat(fixture.heard).containsExactly("active", "read health?!");
		assertThat(fixture.link().remoteAddress(fixture.server)).isEqualTo(fixture.server.remoteAddress());
		assertThat(this.metrics.links().proxyHeaders(ProxyHeaderResult.LOCAL)).isOne();
	}

	@Test
	void tlsGoesOnBehindAHeaderWithoutAnAddress() {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, tls(TlsMode.REQUIRED)));
		fixture.serverReads(ProxyHeaderBytes.local(ascii("skipped")));
		fixture.clientSends("secret").carryAll();
		assertThat(fixture.heard).containsExactly("active", "read secret");
		assertThat(fixture.link().transport(fixture.server)).isEqualTo(ConnectionTransport.TLS);
	}

	static Stream<Arguments> badHeaders() {
		byte[] tooLong = new byte[5000];
		return Stream.of(bad(ProxyHeaderResult.MISSING, ascii("messages")),
				bad(ProxyHeaderResult.MISSING, HexFormat.of().parseHex("160301010001")),
				bad(ProxyHeaderResult.MALFORMED, ProxyHeaderBytes.line("PROXY TCP4 192.0.2.7 and nothing else")),
				bad(ProxyHeaderResult.MALFORMED, ProxyHeaderBytes.line("PROXY TCP4 192.0.2.300 192.0.2.1 1 2")),
				bad(ProxyHeaderResult.MALFORMED, ascii("PROXY " + "endless ".repeat(20))),
				bad(ProxyHeaderResult.MALFORMED, ProxyHeaderBytes.v2(0x31, 0x11, new byte[12])),
				bad(ProxyHeaderResult.MALFORMED, ProxyHeaderBytes.v2(0x21, 0x11, new byte[3])),
				bad(ProxyHeaderResult.MALFORMED, ProxyHeaderBytes.v2(0x2F, 0x11, new byte[12])),
				bad(ProxyHeaderResult.TOO_LONG, ProxyHeaderBytes.v2(0x21, 0x11, tooLong)));
	}

	private static Arguments bad(ProxyHeaderResult result, byte[] bytes) {
		return Arguments.of(result, bytes);
	}

	@ParameterizedTest
	@MethodSource("badHeaders")
	void aClientWithoutAProperHeaderIsClosed(ProxyHeaderResult result, byte[] bytes) {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, null));
		fixture.serverReads(bytes);
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.heard).doesNotContain("active").noneMatch((line) -> line.startsWith("read"));
		assertThat(fixture.pending.size()).isZero();
		assertOnly(result);
		fixture.server.checkException();
	}

	@Test
	void aLateHeaderThatIsNotWellFormedEndsTheConnectionWithoutAnException() {
		TlsFixture fixture = connect();
		fixture.pass(201);
		fixture.serverReads(ProxyHeaderBytes.line("PROXY TCP4 nonsense"));
		assertThat(fixture.failures()).isOne();
		fixture.server.close();
		assertThat(fixture.heard).containsExactly("active", "inactive");
		assertOnly(ProxyHeaderResult.MALFORMED);
	}

	private void assertOnly(ProxyHeaderResult result) {
		for (ProxyHeaderResult each : ProxyHeaderResult.values()) {
			assertThat(this.metrics.links().proxyHeaders(each)).as(each.tag()).isEqualTo((each == result) ? 1 : 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PRO", "PROXY TCP4" })
	void aHeaderThatDoesNotComeInTimeClosesTheClient(String begin) {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, null));
		if (!begin.isEmpty()) {
			fixture.serverReads(ascii(begin));
		}
		fixture.pass(2900);
		assertThat(fixture.server.isOpen()).isTrue();
		fixture.pass(200);
		if (fixture.server.isOpen()) {
			fixture.pass(3000);
		}
		assertThat(fixture.server.isOpen()).isFalse();
		assertOnly(ProxyHeaderResult.TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource(value = HandshakeResult.class, names = { "ABORTED", "DISPLACED" })
	void aClientThatIsClosedBeforeItsHeaderIsCounted(HandshakeResult result) {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, null));
		fixture.serverReads(ascii("PROXY TC"));
		fixture.closePending(result);
		assertThat(fixture.server.isOpen()).isFalse();
		assertOnly((result == HandshakeResult.DISPLACED) ? ProxyHeaderResult.DISPLACED : ProxyHeaderResult.ABORTED);
	}

	@Test
	void aClientThatIsClosedBeforeItsFirstBytesIsAnAbortedHandshake() {
		TlsFixture fixture = connect();
		fixture.serverReads(ascii("PRO"));
		fixture.server.close();
		assertThat(fixture.heard).isEmpty();
		assertThat(this.metrics.links().handshakes(HandshakeResult.ABORTED)).isOne();
	}

	@Test
	void aSocketThatBreaksBeforeItsFirstBytesIsClosed() {
		TlsFixture fixture = connect();
		fixture.server.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		assertThat(fixture.server.isOpen()).isFalse();
		fixture.server.checkException();
	}

	@Test
	void aClientThatWaitsForTheServerIsAdmittedAfterTheSniffTimeout() {
		TlsFixture fixture = connect();
		fixture.pass(199);
		assertThat(fixture.heard).isEmpty();
		fixture.pass(2);
		assertThat(fixture.heard).containsExactly("active");
		assertThat(fixture.pending.size()).isZero();
		fixture.serverReads(ascii("at last"));
		assertThat(fixture.heard).containsExactly("active", "read at last");
	}

	@Test
	void aClientThatBeginsLateMayStillBeginTls() {
		TlsFixture fixture = connect();
		fixture.pass(201);
		this.metrics.links().countAccepted(ConnectionTransport.TCP);
		fixture.clientSends("secret").carryAll();
		assertThat(fixture.heard).containsExactly("active", "read secret");
		assertThat(fixture.link().tlsSession()).isNotNull();
		assertThat(this.metrics.links().open(ConnectionTransport.TLS)).isOne();
		assertThat(this.metrics.links().open(ConnectionTransport.TCP)).isZero();
		fixture.serverSends("answer");
		fixture.carryAll();
		assertThat(fixture.received()).isEqualTo("answer");
	}

	@Test
	void aClientThatBeginsLateMayStillBeginWithAHeader() {
		TlsFixture fixture = connect();
		fixture.pass(201);
		fixture.serverReads(ProxyHeaderBytes.v1());
		fixture.clientSends("secret").carryAll();
		assertThat(fixture.heard).containsExactly("active", "read secret");
		assertThat(fixture.link().remoteAddress(fixture.server)).isEqualTo(CLIENT);
	}

	@Test
	void whatTheServerHasSentDecidesForPlainText() {
		TlsFixture fixture = connect();
		fixture.pass(201);
		fixture.serverReads(ascii("PROX"));
		fixture.serverSends("welcome");
		assertThat(fixture.heard).containsExactly("active", "read PROX");
		fixture.serverReads(ascii("Y TCP4"));
		assertThat(read(fixture)).isEqualTo("PROXY TCP4");
		assertThat(fixture.server.pipeline().names()).noneMatch((name) -> name.startsWith("zinx"));
	}

	@Test
	void aHandshakeThatFailsOnAnOpenConnectionEndsIt() {
		TlsFixture fixture = connect();
		fixture.pass(201);
		fixture.serverReads(HexFormat.of().parseHex("160301000501000000ff"));
		assertThat(fixture.failures()).isOne();
		assertThat(this.metrics.links().handshakes(HandshakeResult.FAILED)).isOne();
	}

	@Test
	void aClientThatEndsItsInputHasSentMessages() {
		TlsFixture fixture = connect();
		fixture.serverReads(ascii("PRO"));
		fixture.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(fixture.heard).containsExactly("active", "read PRO", "input ended");
	}

	@Test
	void aClientThatEndsItsInputBeforeARequiredHeaderIsClosed() {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.REQUIRED, null));
		fixture.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(fixture.server.isOpen()).isFalse();
		assertOnly(ProxyHeaderResult.ABORTED);
	}

	@Test
	void plainTextBehindAHeaderIsRefusedWhereTlsIsRequired() {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.OPTIONAL, tls(TlsMode.REQUIRED)));
		fixture.serverReads(ProxyHeaderBytes.join(ProxyHeaderBytes.v1(), ascii("hello")));
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.heard).doesNotContain("active");
		assertThat(this.metrics.links().handshakes(HandshakeResult.PLAIN_TEXT)).isOne();
	}

	@Test
	void aSilentClientIsClosedWhereTlsIsRequired() {
		TlsFixture fixture = connect(settings(ProxyProtocolMode.OPTIONAL, tls(TlsMode.REQUIRED)));
		fixture.pass(9_999);
		assertThat(fixture.server.isOpen()).isTrue();
		fixture.pass(2);
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(this.metrics.links().handshakes(HandshakeResult.TIMEOUT)).isOne();
	}

	/**
	 * Bytes of a client that arrive divided in two, or one by one.
	 */
	private static final class Divided {

		static final int INTO_SINGLE_BYTES = -1;

		private final TlsFixture fixture;

		private final boolean single;

		private int left;

		Divided(TlsFixture fixture, int split) {
			this.fixture = fixture;
			this.left = split;
			this.single = split == INTO_SINGLE_BYTES;
		}

		void send(byte[] bytes) {
			if (this.single) {
				for (byte each : bytes) {
					this.fixture.serverReads(new byte[] { each });
				}
				return;
			}
			if (this.left <= 0 || this.left >= bytes.length) {
				this.left -= bytes.length;
				this.fixture.serverReads(bytes);
				return;
			}
			int split = this.left;
			this.left = 0;
			this.fixture.serverReads(Arrays.copyOf(bytes, split));
			this.fixture.serverReads(Arrays.copyOfRange(bytes, split, bytes.length));
		}

	}

}
