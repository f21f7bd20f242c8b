package io.zinx.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.authentication.Authentication;
import io.zinx.authentication.AuthenticationResult;
import io.zinx.authentication.AuthenticationSettings;
import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.authentication.ConnectionRequest;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.metrics.AuthenticationOutcome;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.UpgradeResult;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * The application's decision whether a client may connect, over all transports.
 */
class AuthenticatorTests implements ConnectionListener {

	private final List<ConnectionRequest> asked = new CopyOnWriteArrayList<>();

	private final List<Authentication> started = new CopyOnWriteArrayList<>();

	@Override
	public void onStart(Connection connection) {
		this.started.add(Objects.requireNonNull(connection.authentication()));
	}

	private TestServer start(ServerConfigBuilder config, ConnectionAuthenticator authenticator) {
		return TestServer.withAuthenticator(config, (request) -> {
			this.asked.add(request);
			return authenticator.authenticate(request);
		}, this);
	}

	private static AuthenticationResult byTransport(ConnectionRequest request) {
		return AuthenticationResult.admit(request.transport().tag());
	}

	private static ServerConfigBuilder onePort() {
		return Setup.HASH_EPOLL.config()
			.webSocket(WebSocketSettings.onSamePort())
			.tls(TlsSettings.of(TestTls.serverContext()).withMode(TlsMode.OPTIONAL))
			.proxyProtocol(new ProxyProtocolSettings(ProxyProtocolMode.OPTIONAL, ProxyProtocolSettings.DEFAULT_TRUSTED,
					Duration.ofSeconds(5)));
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aPlainClientIsAskedAboutBeforeItsStart(Setup setup) {
		try (TestServer server = start(setup.config(), AuthenticatorTests::byTransport);
				SocketClient client = SocketClient.connectPlain(server.server().port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			assertThat(this.asked).singleElement().satisfies((request) -> {
				assertThat(request.transport()).isEqualTo(ConnectionTransport.TCP);
				assertThat(request.isWebSocket()).isFalse();
				assertThat(request.headers()).isEmpty();
			});
			assertThat(this.started).singleElement().satisfies((authentication) -> {
				assertThat(authentication.principal()).hasToString("tcp");
				assertThat(authentication.request()).isEqualTo(this.asked.get(0));
			});
			assertThat(server.metrics().links().authentications(AuthenticationOutcome.ADMITTED)).isOne();
		}
	}

	@Test
	void allKindsOfClientsAreAskedAboutOnce() {
		try (TestServer server = start(onePort(), AuthenticatorTests::byTransport)) {
			int port = server.server().port();
			List<SocketClient> clients = new ArrayList<>();
			for (byte[] header : List.of(new byte[0], ProxyHeaderBytes.v1(), ProxyHeaderBytes.v2())) {
				clients.add(SocketClient.connectBehind(port, header, null));
				clients.add(SocketClient.connectBehind(port, header, TestTls.clientContext()));
				clients.add(SocketClient.connectBehind(port, header, null).webSocket("/?token=7", "Cookie: a=b\r\n"));
				clients.add(SocketClient.connectBehind(port, header, TestTls.clientContext())
					.webSocket("/?token=7", "Cookie: a=b\r\n"));
			}
			clients.forEach((client) -> client.send(1, "hello"));
			clients.forEach((client) -> assertThat(client.receive().text()).isEqualTo("hello"));
			assertThat(this.asked).hasSize(12);
			for (ConnectionTransport transport : List.of(ConnectionTransport.TCP, ConnectionTransport.TLS,
					ConnectionTransport.WS, ConnectionTransport.WSS)) {
				boolean encrypted = transport == ConnectionTransport.TLS || transport == ConnectionTransport.WSS;
				assertThat(this.asked).filteredOn((request) -> request.transport() == transport)
					.hasSize(3)
					.allMatch((request) -> request.isWebSocket() == transport.tag().startsWith("ws"))
					.allMatch((request) -> !request.isWebSocket()
							|| ("7".equals(request.queryParameter("token")) && "b".equals(request.cookie("a"))))
					.allMatch((request) -> (request.tlsSession() != null) == encrypted)
					.filteredOn((request) -> request.remoteAddress().toString().contains(ProxyHeaderBytes.CLIENT))
					.hasSize(2);
				assertThat(this.started).filteredOn((one) -> String.valueOf(one.principal()).equals(transport.tag()))
					.hasSize(3);
			}
			clients.forEach(SocketClient::close);
			server.awaitSize(0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "401, Log in first", "403, Not you", "429, Später" })
	void aRefusedWebSocketClientGetsAnAnswer(int status, String text) {
		try (TestServer server = start(onePort(), (request) -> AuthenticationResult.refuse(status, text))) {
			SocketClient client = SocketClient.connectPlain(server.server().port());
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.webSocket("/", ""))
				.withMessageContaining("HTTP/1.1 " + status)
				.extracting(Throwable::getMessage, STRING)
				.matches((answer) -> answer.contains("www-authenticate: Bearer\r\n") == (status == 401));
			assertThat(server.metrics().links().upgrades(UpgradeResult.REFUSED)).isOne();
			assertThat(server.metrics().links().authentications(AuthenticationOutcome.REFUSED)).isOne();
			assertThat(this.started).isEmpty();
		}
	}

	@Test
	void otherClientsThatAreRefusedAreClosed() {
		try (TestServer server = start(onePort(), (request) -> AuthenticationResult.refuse(403, "Not you"));
				SocketClient plain = SocketClient.connectPlain(server.server().port());
				SocketClient tls = SocketClient.connectBehind(server.server().port(), new byte[0],
						TestTls.clientContext())) {
			plain.send(1, "hello").awaitClose();
			tls.send(1, "hello").awaitClose();
			assertThat(this.asked).hasSize(2);
			assertThat(this.started).isEmpty();
			Awaitility.await().until(() -> server.server().pendingHandshakes() == 0);
		}
	}

	@Test
	void theDecisionMayComeLaterAndWhatWasSentMeanwhileIsNotLost() {
		CompletableFuture<AuthenticationResult> decision = new CompletableFuture<>();
		try (TestServer server = start(onePort(), (request) -> AuthenticationResult.later(decision));
				SocketClient plain = SocketClient.connectPlain(server.server().port());
				SocketClient tls = SocketClient.connectBehind(server.server().port(), new byte[0],
						TestTls.clientContext())) {
			plain.send(1, "one").send(1, "two");
			tls.send(1, "one").send(1, "two");
			Awaitility.await().until(() -> this.asked.size() == 2);
			assertThat(server.server().pendingHandshakes()).isEqualTo(2);
			assertThat(server.connections().size()).isZero();
			decision.complete(AuthenticationResult.admit());
			for (SocketClient client : List.of(plain, tls)) {
				assertThat(client.receive().text()).isEqualTo("one");
				assertThat(client.receive().text()).isEqualTo("two");
			}
			assertThat(this.started).hasSize(2).allMatch((authentication) -> authentication.principal() == null);
			assertThat(server.server().pendingHandshakes()).isZero();
		}
	}

	@Test
	void whoNobodyDecidesAboutIsClosed() {
		AuthenticationSettings settings = new AuthenticationSettings(Duration.ofMillis(50), 1);
		CompletableFuture<AuthenticationResult> never = new CompletableFuture<>();
		try (TestServer server = start(onePort().authentication(settings),
				(request) -> AuthenticationResult.later(never));
				SocketClient client = SocketClient.connectPlain(server.server().port());
				SocketClient silent = SocketClient.connectPlain(server.server().port())) {
			client.send(1, "hello").awaitClose();
			silent.awaitClose();
			assertThat(this.asked).hasSize(1);
		}
	}

	@Test
	void aSilentClientIsNotTakenForOneWithoutHeaders() {
		try (TestServer server = start(onePort().sniffTimeout(Duration.ofMillis(1)), AuthenticatorTests::byTransport);
				SocketClient silent = SocketClient.connectPlain(server.server().port());
				SocketClient other = SocketClient.connectPlain(server.server().port())) {
			assertThat(other.send(1, "hello").receive().text()).isEqualTo("hello");
			Awaitility.await().until(() -> server.server().pendingHandshakes() == 1);
			assertThat(this.asked).hasSize(1);
			assertThat(silent.webSocket("/", "").send(1, "late").receive().text()).isEqualTo("late");
			assertThat(this.asked).hasSize(2);
		}
	}

	@Test
	void aStopDoesNotWaitForDecisions() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		try (TestServer server = start(Setup.HASH_EPOLL.config(), (request) -> {
			asked.countDown();
			assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
			return AuthenticationResult.admit();
		}); SocketClient client = SocketClient.connectPlain(server.server().port())) {
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			server.server().stop();
			client.awaitClose();
			assertThat(server.metrics().links().authentications(AuthenticationOutcome.ABORTED)).isOne();
			over.countDown();
			assertThat(this.started).isEmpty();
		}
	}

}
