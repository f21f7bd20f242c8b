package io.zinx.boot.ssl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

import io.netty.pkitesting.X509Bundle;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.HandshakeResult;
import io.zinx.server.ZinxServer;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ReloadingSslContextTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@BeforeEach
	void writeCertificates() throws IOException {
		write(TestTls.SERVER);
		Files.writeString(this.directory.resolve("ca.pem"), TestTls.AUTHORITY.getCertificatePEM());
	}

	private void write(X509Bundle server) throws IOException {
		Files.writeString(this.directory.resolve("key.pem"), server.getPrivateKeyPEM());
		Files.writeString(this.directory.resolve("cert.pem"), server.getCertificatePathPEM());
	}

	private ConfigurableApplicationContext run(String... properties) {
		List<String> all = new ArrayList<>(List.of("zinx.ssl.bundle=game",
				"spring.ssl.bundle.pem.game.keystore.certificate=file:" + this.directory.resolve("cert.pem"),
				"spring.ssl.bundle.pem.game.keystore.private-key=file:" + this.directory.resolve("key.pem"),
				"spring.ssl.bundle.pem.game.truststore.certificate=file:" + this.directory.resolve("ca.pem"),
				"spring.ssl.bundle.watch.file.quiet-period=50ms", "zinx.payload=string"));
		all.addAll(List.of(properties));
		return ZinxApplication.run(Devices.class, all.toArray(String[]::new));
	}

	private static SocketClient connect(ConfigurableApplicationContext context, SSLContext tls) {
		return SocketClient.connect(context.getBean(ZinxServer.class).port(), 0, tls);
	}

	private static SocketClient connect(ConfigurableApplicationContext context) {
		return connect(context, TestTls.clientContext());
	}

	private static Map<Long, String> certificates(ConfigurableApplicationContext context) {
		return Map.copyOf(context.getBean(Devices.class).certificates);
	}

	@Test
	void aBundleThatIsNamedEncrypts(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("logging.level.io.zinx=info");
				SocketClient client = connect(context)) {
			assertThat(client.send(1, "").receive().text()).isEqualTo("nobody");
			assertThat(output).containsPattern("Zinx server started on .* \\((epoll|nio), tls, codec tlv");
		}
	}

	@Test
	void mayBeSwitchedOff() {
		try (ConfigurableApplicationContext context = run("zinx.ssl.enabled=false");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).isEqualTo("nobody");
		}
	}

	@Test
	void theCertificateOfAClientIsItsPrincipal() {
		try (ConfigurableApplicationContext context = run("zinx.ssl.client-auth=want")) {
			try (SocketClient client = connect(context)) {
				assertThat(client.send(1, "").receive().text()).isEqualTo("nobody");
			}
			try (SocketClient client = connect(context, TestTls.clientContext(TestTls.AUTHORITY, TestTls.CLIENT))) {
				assertThat(client.send(1, "").receive().text()).isEqualTo("CN=device-7");
			}
		}
	}

	@Test
	void aClientMayHaveToShowACertificate() {
		try (ConfigurableApplicationContext context = run("zinx.ssl.client-auth=need",
				"spring.ssl.bundle.pem.game.options.enabled-protocols=TLSv1.2")) {
			try (SocketClient client = connect(context)) {
				assertThat(client.receiveOrEnd()).isNull();
			}
			catch (RuntimeException ex) {
				assertThat(ex).hasCauseInstanceOf(IOException.class);
			}
			Awaitility.await()
				.until(() -> context.getBean(ZinxServer.class)
					.connManager()
					.metrics()
					.links()
					.handshakes(HandshakeResult.CLIENT_CERTIFICATE) == 1);
		}
	}

	@Test
	void theOptionsOfTheBundleCount() {
		try (ConfigurableApplicationContext context = run(
				"spring.ssl.bundle.pem.game.options.enabled-protocols=TLSv1.2",
				"spring.ssl.bundle.pem.game.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
				SocketClient client = connect(context)) {
			client.send(1, "").receive();
			Connection connection = context.getBean(ZinxServer.class).connManager().find((any) -> true).get(0);
			SSLSession session = connection.tlsSession();
			assertThat(session).isNotNull();
			assertThat(session.getProtocol()).isEqualTo("TLSv1.2");
			assertThat(session.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
		}
	}

	@Test
	void theEndpointShowsHowAConnectionIsEncrypted() {
		try (ConfigurableApplicationContext context = run("zinx.ssl.client-auth=need",
				"management.endpoints.web.exposure.include=zinx", "management.endpoints.jmx.exposure.include=zinx");
				SocketClient client = connect(context, TestTls.clientContext(TestTls.AUTHORITY, TestTls.CLIENT))) {
			client.send(1, "").receive();
			ConnectionDetailsDescriptor.Tls tls = details(context).tls();
			assertThat(tls).isNotNull();
			assertThat(tls.protocol()).isEqualTo("TLSv1.3");
			assertThat(tls.cipherSuite()).startsWith("TLS_");
			assertThat(tls.peer()).isEqualTo("CN=device-7");
		}
	}

	private static ConnectionDetailsDescriptor details(ConfigurableApplicationContext context) {
		return (ConnectionDetailsDescriptor) Objects.requireNonNull(context.getBean(ZinxEndpoint.class).selected("1"));
	}

	@Test
	void anUpdateIsForNewConnectionsAndOldOnesGoOn(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run("spring.ssl.bundle.pem.game.reload-on-update=true",
				"logging.level.io.zinx=info"); SocketClient old = connect(context)) {
			old.send(1, "").receive();
			write(TestTls.issued("CN=localhost, O=New"));
			// Key and certificate are two files: in between the two do not fit together.
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(UncheckedIOException.class)
				.until(() -> {
					connect(context).close();
					return certificates(context).containsValue("CN=localhost,O=New");
				});
			assertThat(old.send(1, "").receive().text()).isEqualTo("nobody");
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(output).contains("SSL bundle 'game' was updated; new connections use it"));
		}
	}

	@Test
	void anUpdateThatCannotBeUsedChangesNothing(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run("spring.ssl.bundle.pem.game.reload-on-update=true")) {
			Files.writeString(this.directory.resolve("cert.pem"), "no certificate");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> output.getOut().contains("SSL bundle 'game' was updated, but cannot be used"));
			try (SocketClient client = connect(context)) {
				assertThat(client.send(1, "").receive().text()).isEqualTo("nobody");
			}
		}
	}

	@Test
	void examplesAreCompiledAndTested() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "ssl", "ReloadingSslContextTests.java");
		assertThat(Guide.examples("tls.md")).isNotEmpty().allMatch((example) -> Guide.contains(source, example));
	}

	@Component
	static class Devices implements ConnectionListener {

		final Map<Long, String> certificates = new ConcurrentHashMap<>();

		@ZinxRouter(msgId = 1)
		String whoAmI(Optional<Principal> device) {
			return device.map(Principal::getName).orElse("nobody");
		}

		@Override
		public void onStart(Connection connection) {
			SSLSession session = connection.tlsSession();
			if (session != null) {
				this.certificates.put(connection.connId(), session.getLocalPrincipal().getName());
			}
		}

	}

}
