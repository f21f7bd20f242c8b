package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;
import io.zinx.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakesTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(Handshakes.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final @Nullable Level level = this.logger.getLevel();

	private final ServerMetrics metrics = new ServerMetrics();

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 100);

	private final List<TlsFixture> opened = new ArrayList<>();

	@BeforeEach
	void capture() {
		this.lines.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void release() {
		this.opened.forEach(TlsFixture::close);
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.level);
	}

	private LinkInitializer links(TlsSettings settings) {
		return TlsFixture.links(settings, this.metrics, this.nanos::get);
	}

	private LinkInitializer links() {
		return links(SslProvider.JDK);
	}

	private LinkInitializer links(SslProvider provider) {
		return links(TlsSettings.of(TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.NONE)));
	}

	private TlsFixture connect(LinkInitializer links, SSLContext client, String... protocols) {
		TlsFixture fixture = new TlsFixture(links, client, protocols);
		this.opened.add(fixture);
		return fixture;
	}

	private List<String> lines(Level level) {
		return this.lines.list.stream()
			.filter((line) -> line.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	static Stream<Failure> failures() {
		return Stream.of(SslProvider.JDK, SslProvider.OPENSSL).flatMap(HandshakesTests::failures);
	}

	private static Stream<Failure> failures(SslProvider provider) {
		SslContext usual = TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.NONE);
		SslContext known = TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.REQUIRE);
		SslContext newest = TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.NONE, "TLSv1.3");
		SslContext older = TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.NONE, "TLSv1.2");
		SSLContext client = TestTls.clientContext();
		SSLContext stranger = TestTls.clientContext(TestTls.AUTHORITY, TestTls.selfSigned("CN=Test Authority"));
		SSLContext doubtful = TestTls.clientContext(TestTls.selfSigned("CN=Other Authority"), null);
		String certificate = "the client sent no certificate, or one that the server does not trust, ";
		String refuses = "the client refused it, most likely because it does not trust the server's certificate, ";
		String nothing = "client and server have no TLS protocol version or cipher in common, ";
		return Stream.of(
				new Failure(HandshakeResult.PLAIN_TEXT, "the client sent plain text to a TLS port", usual, client, "",
						(fixture) -> fixture.serverReads(ascii("GET / HTTP/1.1\r\n\r\n"))),
				new Failure(HandshakeResult.TIMEOUT, "it took too long (zinx.ssl.handshake-timeout), ", usual, client,
						"", (fixture) -> fixture.pass(10_000)),
				new Failure(HandshakeResult.NOTHING_IN_COMMON, nothing, newest, client, "TLSv1.2",
						TlsFixture::carryAll),
				new Failure(HandshakeResult.NOTHING_IN_COMMON, nothing, older, client, "TLSv1.3", TlsFixture::carryAll),
				new Failure(HandshakeResult.CLIENT_CERTIFICATE, certificate, known, client, "TLSv1.2",
						TlsFixture::carryAll),
				new Failure(HandshakeResult.CLIENT_CERTIFICATE, certificate, known, client, "TLSv1.3",
						TlsFixture::carryAll),
				new Failure(HandshakeResult.CLIENT_CERTIFICATE, certificate, known, stranger, "TLSv1.2",
						TlsFixture::carryAll),
				new Failure(HandshakeResult.CLIENT_CERTIFICATE, certificate, known, stranger, "TLSv1.3",
						TlsFixture::carryAll),
				new Failure(HandshakeResult.REFUSED, refuses, usual, doubtful, "TLSv1.2", TlsFixture::carryAll),
				new Failure(HandshakeResult.REFUSED, refuses, usual, doubtful, "TLSv1.3", TlsFixture::carryAll));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aHandshakeThatFailsIsCountedAndLoggedAndThereIsNoConnection(Failure failure) {
		TlsFixture fixture = connect(links(TlsSettings.of(failure.server)), failure.client, failure.protocols());
		failure.how.accept(fixture);
		assertThat(this.metrics.links().handshakes(failure.result)).isOne();
		assertThat(this.metrics.links().handshakes(HandshakeResult.SUCCESS)).isZero();
		assertThat(fixture.pending.size()).isZero();
		assertThat(lines(Level.INFO)).singleElement()
			.asString()
			.startsWith("[test] TLS handshake of client embedded failed: " + failure.words)
			.endsWith(" (0 more since the last such line)");
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.link().tlsSession()).isNull();
		assertThat(fixture.heard).isEmpty();
	}

	@Test
	void whatAClientWroteIntoTheFaultBeginsNoLineOfTheLog() {
		LinkListener connection = new LinkListener() {
			@Override
			public boolean isOpen() {
				return true;
			}

			@Override
			public void linkFailed() {
			}
		};
		SSLException fault = new SSLException("no name x\nFAKE LINE\u001b[31m");
		links().context().handshakes().failed(connection, HandshakeResult.FAILED, fault);
		links().context().handshakes().failed(connection, HandshakeResult.ABORTED, fault);
		assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage)
			.hasSize(2)
			.allMatch((line) -> line.contains("no name x\\nFAKE LINE\\u001b[31m"));
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void aSecondHandshakeIsRefusedAndNothingIsReadBehindIt(SslProvider provider) {
		TlsFixture fixture = connect(links(provider), TestTls.clientContext(), "TLSv1.2").carryAll();
		fixture.clientSends("first").toServer();
		fixture.serverSends("accepted before");
		fixture.clientTls.renegotiate();
		fixture.clientTls.renegotiate();
		fixture.toServer();
		fixture.clientSends("more").toServer();
		assertThat(fixture.heard).containsExactly("active", "read first");
		assertThat(fixture.failures()).isOne();
		assertThat(this.metrics.links().handshakes(HandshakeResult.RENEGOTIATION)).isOne();
		assertThat(this.metrics.links().handshakes(HandshakeResult.SUCCESS)).isOne();
		assertThat(lines(Level.INFO)).containsExactly(
				"[test] Connection 7 is closed: its client asked for another TLS handshake (renegotiation), "
						+ "which is never allowed (0 more since the last such line)");
		assertThat(fixture.link().isMidRecord()).isFalse();
		fixture.toClient();
		assertThat(fixture.received()).isEqualTo("accepted before");
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void aSecondHandshakeOfAConnectionThatIsClosingIsReadAndDropped(SslProvider provider) {
		TlsFixture fixture = connect(links(provider), TestTls.clientContext(), "TLSv1.2").carryAll();
		fixture.decideEnd();
		fixture.clientTls.renegotiate();
		fixture.toServer();
		assertThat(fixture.heard).containsExactly("active");
		assertThat(fixture.failures()).isZero();
		assertThat(this.metrics.links().handshakes(HandshakeResult.RENEGOTIATION)).isZero();
		assertThat(lines(Level.INFO)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "JDK", "OPENSSL" })
	void newKeysOfTheLatestVersionAreExchangedUntilTheyAreWantedTooOften(SslProvider provider) {
		TlsFixture fixture = connect(links(provider), TestTls.clientContext(), "TLSv1.3").carryAll();
		for (int i = 0; i < 6; i++) {
			fixture.clientTls.renegotiate();
			fixture.clientSends("new keys ").carryAll();
			fixture.serverSends("answer ");
			fixture.carryAll();
		}
		assertThat(fixture.heard).hasSize(7).startsWith("active", "read new keys ");
		assertThat(fixture.received()).isEqualTo("answer ".repeat(6));
		assertThat(fixture.failures()).isZero();
		for (int i = 0; i < 10; i++) {
			fixture.clientTls.renegotiate();
			fixture.carryAll();
		}
		fixture.clientSends("once more").carryAll();
		assertThat(fixture.heard).hasSize(7);
		assertThat(fixture.failures()).isOne();
		assertThat(this.metrics.links().handshakes(HandshakeResult.RENEGOTIATION)).isOne();
		assertThat(lines(Level.INFO))
			.containsExactly("[test] Connection 7 is closed: its client asked for new TLS keys "
					+ "too often (0 more since the last such line)");
	}

	@Test
	void aPeerThatGoesAwayInBetweenIsNoFailure() {
		TlsFixture fixture = connect(links(), TestTls.clientContext());
		fixture.toServer();
		fixture.server.close();
		assertAborted(fixture);
	}

	@Test
	void aFailureBehindAStopIsNone() {
		TlsFixture fixture = connect(links(), TestTls.clientContext());
		fixture.pending.stop();
		fixture.serverReads(ascii("GET / HTTP/1.1\r\n\r\n"));
		assertAborted(fixture);
		assertThat(this.metrics.links().handshakes(HandshakeResult.PLAIN_TEXT)).isZero();
	}

	private void assertAborted(TlsFixture fixture) {
		assertThat(this.metrics.links().handshakes(HandshakeResult.ABORTED)).isOne();
		assertThat(fixture.failures()).isZero();
		assertThat(lines(Level.INFO)).isEmpty();
		assertThat(lines(Level.DEBUG)).singleElement()
			.asString()
			.startsWith("[test] TLS handshake of client embedded was aborted: ");
		assertThat(fixture.heard).isEmpty();
	}

	@Test
	void oneFailureASecondIsLoggedAndTheOthersAreCounted() {
		LinkInitializer links = links();
		fail(links);
		fail(links);
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
		fail(links);
		assertThat(lines(Level.INFO)).hasSize(1);
		this.nanos.incrementAndGet();
		fail(links);
		assertThat(lines(Level.INFO)).hasSize(2).element(1).asString().endsWith("(2 more since the last such line)");
		assertThat(this.metrics.links().handshakes(HandshakeResult.PLAIN_TEXT)).isEqualTo(4);
	}

	private void fail(LinkInitializer links) {
		connect(links, TestTls.clientContext()).serverReads(ascii("plain text"));
	}

	@Test
	void theTimeoutIsThatOfTheSettingsAndEndsWithTheHandshake() {
		LinkInitializer links = links(
				TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ofMillis(300)));
		TlsFixture slow = connect(links, TestTls.clientContext());
		slow.toServer();
		slow.pass(299);
		assertThat(slow.server.isOpen()).isTrue();
		TlsFixture done = connect(links, TestTls.clientContext()).carryAll();
		done.pass(299);
		slow.pass(1);
		done.pass(1);
		assertThat(slow.server.isOpen()).isFalse();
		assertThat(done.server.isOpen()).isTrue();
		assertThat(this.metrics.links().handshakes(HandshakeResult.TIMEOUT)).isOne();
	}

	@Test
	void withATimeoutOfZeroAHandshakeMayTakeForEver() {
		LinkInitializer links = links(TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ZERO));
		TlsFixture fixture = connect(links, TestTls.clientContext());
		fixture.pass(TimeUnit.DAYS.toMillis(365));
		assertThat(fixture.carryAll().heard).containsExactly("active");
	}

	@Test
	void eachConnectionIsEncryptedWithTheContextOfItsMoment() {
		SslContext first = TestTls.serverContext(TestTls.SERVER, ClientAuth.NONE, "TLSv1.2");
		SslContext second = TestTls.serverContext(TestTls.SERVER, ClientAuth.NONE, "TLSv1.3");
		AtomicInteger asked = new AtomicInteger();
		LinkInitializer links = links(TlsSettings.of(() -> (asked.getAndIncrement() < 3) ? first : second)
			.withHandshakeTimeout(Duration.ZERO));
		TlsFixture before = connect(links, TestTls.clientContext());
		TlsFixture after = connect(links, TestTls.clientContext());
		assertThat(protocol(before.carryAll())).isEqualTo("TLSv1.2");
		assertThat(protocol(after.carryAll())).isEqualTo("TLSv1.3");
	}

	private static @Nullable String protocol(TlsFixture fixture) {
		var session = fixture.link().tlsSession();
		return (session != null) ? session.getProtocol() : null;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A way to fail.
	 */
	private record Failure(HandshakeResult result, String words, SslContext server, SSLContext client, String protocol,
			Consumer<TlsFixture> how) {

		String[] protocols() {
			return this.protocol.isEmpty() ? new String[0] : new String[] { this.protocol };
		}

		@Override
		public String toString() {
			return this.result + " " + this.protocol;
		}

	}

}
