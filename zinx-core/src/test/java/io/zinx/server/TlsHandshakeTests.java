package io.zinx.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.TlsSettings;
import io.zinx.message.Message;
import io.zinx.metrics.HandshakeResult;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Handshakes that fail, and what becomes of those that are not over.
 */
class TlsHandshakeTests implements ConnectionListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@Override
	public void onStart(Connection connection) {
		this.events.add("start " + connection.connId());
	}

	@Override
	public void onStop(Connection connection, CloseReason reason) {
		this.events.add("stop " + connection.connId());
	}

	@BeforeEach
	void capture() {
		this.lines.start();
		Logger logger = (Logger) LoggerFactory.getLogger("io.zinx.link.Handshakes");
		logger.setLevel(Level.INFO);
		logger.addAppender(this.lines);
	}

	@AfterEach
	void release() {
		((Logger) LoggerFactory.getLogger("io.zinx.link.Handshakes")).detachAppender(this.lines);
	}

	private TestServer start(Setup setup) {
		return start(setup, TlsSettings.of(TestTls.serverContext()));
	}

	private TestServer start(Setup setup, TlsSettings tls) {
		return TestServer.start(setup.config().tls(tls).maxConn(1), this);
	}

	/**
	 * A server with one event loop, so that a client has the number behind that of the
	 * last one, whoever came in between in vain.
	 */
	private TestServer startWithOneLoop(Setup setup) {
		return TestServer.start(setup.config().tls(TlsSettings.of(TestTls.serverContext())).maxConn(1).eventLoops(1),
				this);
	}

	private static void connectInVain(TestServer server, SSLContext tls) {
		try (SocketClient client = SocketClient.connect(server.server().port(), 0, tls)) {
			// With TLS 1.3 a client is through before the server has looked at its
			// certificate.
			assertThat(client.receiveOrEnd()).isNull();
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasCauseInstanceOf(IOException.class);
		}
	}

	/**
	 * One that failed has left nothing, above all no slot and no hook.
	 */
	private void assertFailed(TestServer server, HandshakeResult result, String line) {
		Awaitility.await().until(() -> server.metrics().links().handshakes(result) == 1);
		assertThat(server.server().connManager().size()).isZero();
		assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage)
			.singleElement()
			.asString()
			.contains("TLS handshake of client /127.0.0.1", "failed: " + line);
		assertThat(server.metrics().links().handshakes(result)).isOne();
		assertThat(server.metrics().closedInAll()).isEqualTo(server.metrics().accepted()).isZero();
		assertThat(this.lines.list.get(0).getThrowableProxy()).isNull();
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void plainTextIsSaidInWords(Setup setup) {
		try (TestServer server = startWithOneLoop(setup)) {
			try (SocketClient client = SocketClient.connectPlain(server.server().port())) {
				client.send(1, "hello");
				assertFailed(server, HandshakeResult.PLAIN_TEXT, "the client sent plain text to a TLS port");
			}
			try (SocketClient client = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
				assertThat(client.send(1, "next").receive().text()).isEqualTo("next");
				assertThat(this.events).containsExactly("start 1");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatSaysNothingIsClosedInTime(Setup setup) {
		TlsSettings tls = TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ofMillis(200));
		try (TestServer server = start(setup, tls);
				SocketClient client = SocketClient.connectPlain(server.server().port())) {
			assertThat(client.localPort()).isPositive();
			assertFailed(server, HandshakeResult.TIMEOUT, "it took too long");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientMustShowACertificateIfAsked(Setup setup) {
		try (TestServer server = start(setup,
				TlsSettings.of(TestTls.serverContext(TestTls.SERVER, ClientAuth.REQUIRE)))) {
			connectInVain(server, TestTls.clientContext());
			assertFailed(server, HandshakeResult.CLIENT_CERTIFICATE,
					"the client sent no certificate, or one that the server does not trust");
			try (SocketClient client = SocketClient.connect(server.server().port(), 0,
					TestTls.clientContext(TestTls.AUTHORITY, TestTls.CLIENT))) {
				assertThat(client.send(1, "known").receive().text()).isEqualTo("known");
			}
		}
	}

	@Test
	void aClientMustShowACertificateThatIsTrusted() {
		try (TestServer server = start(Setup.HASH_EPOLL,
				TlsSettings.of(TestTls.serverContext(TestTls.SERVER, ClientAuth.OPTIONAL)))) {
			connectInVain(server, TestTls.clientContext(TestTls.AUTHORITY, TestTls.selfSigned("CN=Test Authority")));
			assertFailed(server, HandshakeResult.CLIENT_CERTIFICATE,
					"the client sent no certificate, or one that the server does not trust");
		}
	}

	@Test
	void aClientMayRefuseTheServer() {
		try (TestServer server = start(Setup.HASH_EPOLL)) {
			connectInVain(server, TestTls.clientContext(TestTls.selfSigned("CN=Other Authority"), null));
			assertFailed(server, HandshakeResult.REFUSED, "the client refused it");
		}
	}

	@Test
	void bothMustAllowOneVersion() throws Exception {
		SSLContext old = SSLContext.getInstance("TLSv1.2");
		old.init(null, null, null);
		try (TestServer server = start(Setup.HASH_EPOLL,
				TlsSettings.of(TestTls.serverContext(TestTls.SERVER, ClientAuth.NONE, "TLSv1.3")))) {
			connectInVain(server, old);
			assertFailed(server, HandshakeResult.NOTHING_IN_COMMON,
					"client and server have no TLS protocol version or cipher in common");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatGoesAwayIsNoFailure(Setup setup) {
		try (TestServer server = start(setup)) {
			SocketClient.connectPlain(server.server().port()).close();
			Awaitility.await().until(() -> server.metrics().links().handshakes(HandshakeResult.ABORTED) == 1);
			assertThat(server.metrics().accepted()).isZero();
			assertThat(this.events).isEmpty();
			assertThat(this.lines.list).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatIsNotOverTakesNoSlotAndHoldsUpNoStop(Setup setup) {
		try (TestServer server = startWithOneLoop(setup);
				SocketClient unfinished = SocketClient.connectPlain(server.server().port())) {
			try (SocketClient client = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
				assertThat(client.send(1, "served").receive().text()).isEqualTo("served");
				assertThat(server.metrics().rejected("max-conn")).isZero();
				long start = System.nanoTime();
				server.server().stop();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			}
			unfinished.awaitClose();
			assertThat(server.metrics().closed("server-stopping")).isOne();
			assertThat(server.metrics().links().handshakes(HandshakeResult.ABORTED)).isOne();
			assertThat(this.events).containsExactly("start 1", "stop 1");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theOneThatTakesLongestMakesRoomForOthers(Setup setup) {
		try (TestServer server = TestServer.start(
				setup.config().tls(TlsSettings.of(TestTls.serverContext())).maxPendingHandshakes(2).maxConn(1), this);
				SocketClient first = SocketClient.connectPlain(server.server().port())) {
			awaitPending(server, 1);
			try (SocketClient second = SocketClient.connectPlain(server.server().port())) {
				awaitPending(server, 2);
				try (SocketClient client = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
					assertThat(client.send(1, "served").receive().text()).isEqualTo("served");
				}
				first.awaitClose();
				assertThat(server.metrics().links().handshakes(HandshakeResult.DISPLACED)).isOne();
				assertThat(server.server().pendingHandshakes()).isOne();
				assertThat(second.localPort()).isPositive();
			}
		}
	}

	private static void awaitPending(TestServer server, int handshakes) {
		Awaitility.await().until(() -> server.server().pendingHandshakes() == handshakes);
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientWithoutASlotIsToldSoOverTls(Setup setup) {
		Message full = new Message(9, "full".getBytes(StandardCharsets.UTF_8));
		try (TestServer server = TestServer.start(setup.config()
			.tls(TlsSettings.of(TestTls.serverContext()))
			.maxConn(1)
			.connections(ConnectionSettings.DEFAULTS.withMaxConnReject(full)), this);
				SocketClient inside = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
			assertThat(inside.send(1, "served").receive().text()).isEqualTo("served");
			try (SocketClient late = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
				assertThat(late.receive().text()).isEqualTo("full");
				late.awaitClose();
			}
			assertThat(server.metrics().rejected("max-conn")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientWaitsForASlotBehindItsHandshake(Setup setup) {
		try (TestServer server = TestServer.start(setup.config()
			.tls(TlsSettings.of(TestTls.serverContext()))
			.maxConn(1)
			.connections(ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT)), this)) {
			SocketClient inside = SocketClient.connect(server.server().port(), 0, TestTls.clientContext());
			assertThat(inside.send(1, "first").receive().text()).isEqualTo("first");
			try (SocketClient waiting = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
				waiting.send(1, "second");
				Awaitility.await().until(() -> server.metrics().links().handshakes(HandshakeResult.SUCCESS) == 2);
				inside.close();
				assertThat(waiting.receive().text()).isEqualTo("second");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatWantsASecondOneIsClosedBehindItsReplies(Setup setup) throws Exception {
		try (TestServer server = start(setup);
				SSLSocket client = (SSLSocket) TestTls.clientContext()
					.getSocketFactory()
					.createSocket("localhost", server.server().port())) {
			client.setSoTimeout(30_000);
			client.setEnabledProtocols(new String[] { "TLSv1.2" });
			byte[] message = SocketClient.frame(1, "before");
			client.getOutputStream().write(message);
			assertThat(client.getInputStream().readNBytes(message.length)).isEqualTo(message);
			Connection connection = server.onlyConnection();
			assertThat(connection.send(5, "last").isAccepted()).isTrue();
			assertThatIOException().isThrownBy(() -> {
				client.startHandshake();
				client.getOutputStream().write(message);
				client.getInputStream().readNBytes(3 * message.length);
			});
			server.awaitSize(0);
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
			assertThat(connection.messagesIn()).isOne();
			assertThat(server.metrics().links().handshakes(HandshakeResult.RENEGOTIATION)).isOne();
			assertThat(server.metrics().links().handshakes(HandshakeResult.SUCCESS)).isOne();
			assertThat(this.events).containsExactly("start 1", "stop 1");
			assertThat(this.lines.list).singleElement()
				.extracting(ILoggingEvent::getFormattedMessage)
				.asString()
				.contains("Connection 1 ", "asked for another TLS handshake (renegotiation)");
		}
	}

	@Test
	void whatDoesNotGoWithTlsIsRefused() throws Exception {
		TlsSettings tls = TlsSettings.of(TestTls.serverContext());
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder().tls(tls).maxPendingHandshakes(0).build())
			.withMessageContaining("handshake.max-pending");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ofSeconds(-1)))
			.withMessageContaining("ssl.handshake-timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> TlsSettings.of(SslContextBuilder.forClient().build()))
			.withMessageContaining("for servers");
	}

}
