package io.zinx.server;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that comes back has a short handshake: it does not see a certificate again.
 */
class TlsResumptionTests {

	static Stream<Arguments> cases() {
		return Stream.of(SslProvider.JDK, SslProvider.OPENSSL)
			.flatMap((provider) -> Stream.of("TLSv1.2", "TLSv1.3")
				.flatMap((protocol) -> Stream.of("", "play.example.org", "other.example.net")
					.map((serverName) -> Arguments.of(provider, protocol, serverName))));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aSecondHandshakeOfAClientResumesTheFirst(SslProvider provider, String protocol, String serverName)
			throws Exception {
		Witness witness = new Witness();
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, new TrustManager[] { witness }, null);
		SslContext usual = TestTls.serverContext(provider, TestTls.SERVER, ClientAuth.NONE, protocol);
		SslContext named = TestTls.serverContext(provider, TestTls.issued("CN=play"), ClientAuth.NONE, protocol);
		Map<String, Supplier<SslContext>> names = serverName.isEmpty() ? Map.of()
				: Map.of("*.example.org", () -> named);
		TlsSettings tls = new TlsSettings(TlsMode.REQUIRED, () -> usual, names, TlsSettings.DEFAULT_HANDSHAKE_TIMEOUT);
		try (TestServer server = TestServer.start(ServerConfig.builder().tls(tls))) {
			for (int connection = 0; connection < 3; connection++) {
				try (SocketClient socket = SocketClient.connectBehind(server.server().port(), new byte[0], client,
						serverName)) {
					assertThat(socket.send(1, "hello").receive().text()).isEqualTo("hello");
					assertThat(socket.session().getProtocol()).isEqualTo(protocol);
				}
			}
		}
		String expected = serverName.endsWith(".org") ? "CN=play" : "CN=localhost";
		assertThat(witness.seen).containsExactly(expected);
	}

	/**
	 * Trusts and remembers the certificates that it is shown.
	 */
	private static final class Witness implements X509TrustManager {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			this.seen.add(chain[0].getSubjectX500Principal().getName());
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			throw new CertificateException("not a server");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
