package io.zinx.boot.ssl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.X509Bundle;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.server.ZinxServer;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One port for clients with and without TLS, of several names, and behind load balancers.
 */
@ExtendWith(OutputCaptureExtension.class)
class OnePortTests {

	private static final int UNIQUE_ID = 0x05;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path directory;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() throws IOException {
		write("usual", "CN=localhost");
		write("game", "CN=game");
		write("wild", "CN=wild");
		List<String> properties = new ArrayList<>(List.of("zinx.payload=string", "zinx.ssl.bundle=usual",
				"zinx.ssl.mode=optional", "zinx.ssl.server-name-bundles[0].server-name=game.example.org",
				"zinx.ssl.server-name-bundles[0].bundle=game",
				"zinx.ssl.server-name-bundles[1].server-name=*.example.org",
				"zinx.ssl.server-name-bundles[1].bundle=wild", "zinx.proxy-protocol.mode=optional",
				"spring.ssl.bundle.watch.file.quiet-period=50ms", "logging.level.io.zinx.boot.ssl=debug",
				"management.endpoints.jmx.exposure.include=zinx", "management.endpoints.web.exposure.include=zinx"));
		for (String bundle : List.of("usual", "game", "wild")) {
			String prefix = "spring.ssl.bundle.pem." + bundle;
			properties.add(prefix + ".keystore.certificate=file:" + directory.resolve(bundle + ".pem"));
			properties.add(prefix + ".keystore.private-key=file:" + directory.resolve(bundle + ".key"));
			properties.add(prefix + ".reload-on-update=true");
		}
		context = ZinxApplication.run(Clients.class, properties.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static void write(String bundle, String subject) throws IOException {
		X509Bundle certificate = TestTls.issued(subject);
		Files.writeString(directory.resolve(bundle + ".key"), certificate.getPrivateKeyPEM());
		Files.writeString(directory.resolve(bundle + ".pem"), certificate.getCertificatePathPEM());
	}

	private static SocketClient connect(byte[] header, boolean encrypted, String serverName) {
		return SocketClient.connectBehind(context.getBean(ZinxServer.class).port(), header,
				encrypted ? TestTls.clientContext() : null, serverName);
	}

	private static String certificate(SocketClient client) throws IOException {
		Principal server = client.session().getPeerPrincipal();
		return server.getName();
	}

	private static byte[] header(String version) {
		return switch (version) {
			case "v1" -> ProxyHeaderBytes.v1();
			case "v2" -> ProxyHeaderBytes.v2(new ProxyHeaderBytes.Value(UNIQUE_ID, new byte[] { 0x0a, (byte) 0xff }));
			default -> new byte[0];
		};
	}

	@ParameterizedTest
	@CsvSource({ "none, false", "none, true", "v1, false", "v1, true", "v2, false", "v2, true" })
	void allClientsGetTheSameAnswers(String header, boolean encrypted) {
		try (SocketClient client = connect(header(header), encrypted, encrypted ? "game.example.org" : "")) {
			String transport = encrypted ? "tls" : "tcp";
			String address = header.equals("none") ? "/127.0.0.1:" + client.localPort()
					: "/" + ProxyHeaderBytes.CLIENT + ":" + ProxyHeaderBytes.PORT;
			String[] answer = client.send(1, "hello").receive().text().split(" ");
			assertThat(answer).startsWith("hello", transport, address);
			ConnectionDetailsDescriptor details = (ConnectionDetailsDescriptor) Objects
				.requireNonNull(context.getBean(ZinxEndpoint.class).selected(answer[3]));
			assertThat(details.transport()).isEqualTo(transport);
			assertThat("/" + details.remoteAddress()).isEqualTo(address);
			assertThat(serverName(details)).isEqualTo(encrypted ? "game.example.org" : null);
			assertProxy(details.proxy(), header, client);
			Awaitility.await().until(() -> active(transport) == 1);
		}
		Awaitility.await().until(() -> active("tcp") + active("tls") == 0);
	}

	private static @Nullable String serverName(ConnectionDetailsDescriptor details) {
		ConnectionDetailsDescriptor.Tls tls = details.tls();
		return (tls != null) ? tls.serverName() : null;
	}

	private static void assertProxy(ConnectionDetailsDescriptor.@Nullable Proxy proxy, String header,
			SocketClient client) {
		if (header.equals("none")) {
			assertThat(proxy).isNull();
			return;
		}
		assertThat(proxy).isNotNull();
		assertThat(proxy.address()).isEqualTo("127.0.0.1:" + client.localPort());
		assertThat(proxy.version()).isEqualTo(header.equals("v1") ? 1 : 2);
		assertThat(proxy.uniqueId()).isEqualTo(header.equals("v1") ? null : "0aff");
	}

	private static double active(String transport) {
		return context.getBean(MeterRegistry.class)
			.get("zinx.connections.active")
			.tag("transport", transport)
			.gauge()
			.value();
	}

	private static double counted(String meter, String tag, String value) {
		return context.getBean(MeterRegistry.class).get(meter).tag(tag, value).functionCounter().count();
	}

	@Test
	void headersAndConnectionsAreCounted() {
		double tcp = counted("zinx.connections.accepted", "transport", "tcp");
		double read = counted("zinx.proxy.headers", "result", "success");
		double malformed = counted("zinx.proxy.headers", "result", "malformed");
		try (SocketClient client = connect(header("v2"), false, "")) {
			client.send(1, "hello").receive();
		}
		try (SocketClient client = connect(ProxyHeaderBytes.line("PROXY TCP4 somewhere"), false, "")) {
			client.awaitClose();
		}
		Awaitility.await().until(() -> counted("zinx.proxy.headers", "result", "malformed") == malformed + 1);
		assertThat(counted("zinx.connections.accepted", "transport", "tcp")).isEqualTo(tcp + 1);
		assertThat(counted("zinx.proxy.headers", "result", "success")).isEqualTo(read + 1);
	}

	@ParameterizedTest
	@CsvSource({ "game.example.org, CN=game", "GAME.example.org, CN=game", "deep.game.example.org, CN=localhost",
			"example.org, CN=localhost", "'', CN=localhost" })
	void theNameThatAClientAsksForDecidesOnTheCertificate(String serverName, String certificate) throws IOException {
		try (SocketClient client = connect(new byte[0], true, serverName)) {
			assertThat(certificate(client)).isEqualTo(certificate);
			assertThat(client.send(1, "hello").receive().text()).startsWith("hello tls");
		}
	}

	@Test
	void oneBundleIsReplacedUnderLoad(CapturedOutput output) throws Exception {
		replaceUnderLoad("wild", "CN=renewed", "new.example.org", output);
		awaitCertificate("game.example.org", "CN=game");
		awaitCertificate("", "CN=localhost");
		assertThat(output).doesNotContain("SSL bundle 'game' was updated", "SSL bundle 'usual' was updated");
		write("wild", "CN=wild");
		awaitCertificate("old.example.org", "CN=wild");
	}

	@Test
	void theCertificateWithoutANameIsReplacedUnderLoad(CapturedOutput output) throws Exception {
		replaceUnderLoad("usual", "CN=usual", "", output);
		awaitCertificate("game.example.org", "CN=game");
		write("usual", "CN=localhost");
		awaitCertificate("", "CN=localhost");
	}

	/**
	 * Replace a bundle by another, then by garbage, while open connections exchange
	 * messages and others come and go.
	 */
	private static void replaceUnderLoad(String bundle, String subject, String serverName, CapturedOutput output)
			throws Exception {
		try (SocketClient game = connect(new byte[0], true, "game.example.org");
				SocketClient wild = connect(new byte[0], true, "old.example.org");
				SocketClient usual = connect(new byte[0], true, "");
				SocketClient plain = connect(new byte[0], false, "")) {
			assertThat(certificate(wild)).isEqualTo("CN=wild");
			assertThat(certificate(usual)).isEqualTo("CN=localhost");
			AtomicBoolean over = new AtomicBoolean();
			List<CompletableFuture<Long>> load = new ArrayList<>();
			for (SocketClient client : List.of(game, wild, usual, plain)) {
				load.add(repeat(over, () -> exchange(client)));
			}
			load.add(repeat(over, () -> {
				try (SocketClient client = connect(new byte[0], true, serverName)) {
					exchange(client);
				}
			}));
			write(bundle, subject);
			awaitCertificate(serverName, subject);
			Files.writeString(directory.resolve(bundle + ".pem"), "no certificate");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> output.getOut().contains("SSL bundle '" + bundle + "' was updated, but cannot be used"));
			awaitCertificate(serverName, subject);
			over.set(true);
			assertThat(load).allSatisfy((each) -> assertThat(each.get(30, TimeUnit.SECONDS)).isPositive());
		}
	}

	private static void exchange(SocketClient client) {
		assertThat(client.send(1, "hello").receive().text()).startsWith("hello ");
	}

	/**
	 * Repeat an action on a thread of its own.
	 * @return how often it was done; fails as the action does
	 */
	private static CompletableFuture<Long> repeat(AtomicBoolean over, Runnable action) {
		CompletableFuture<Long> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				long done = 0;
				for (; !over.get(); done++) {
					action.run();
				}
				result.complete(done);
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}).start();
		return result;
	}

	private static void awaitCertificate(String serverName, String certificate) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			try (SocketClient client = connect(new byte[0], true, serverName)) {
				return certificate(client).equals(certificate);
			}
		});
	}

	@Component
	static class Clients {

		@ZinxRouter(msgId = 1)
		String who(String text, Connection connection) {
			return text + " " + connection.transport() + " " + connection.remoteAddress() + " " + connection.connId();
		}

	}

}
