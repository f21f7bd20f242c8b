package io.zinx.server;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.ProxyHeader;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server behind a real HAProxy, where one is installed: headers of both versions in
 * front of plain text and of TLS that HAProxy passes through by server name, and its
 * health checks.
 */
class HaproxyTests implements ConnectionListener {

	@TempDir
	Path directory;

	private final List<Connection> started = new CopyOnWriteArrayList<>();

	@Override
	public void onStart(Connection connection) {
		this.started.add(connection);
	}

	private static String haproxy() {
		return List.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
			.stream()
			.filter((path) -> new File(path).canExecute())
			.findFirst()
			.orElse("");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void clientsBehindAProxyAreServedAndTheirAddressesAreKnown() throws Exception {
		Assumptions.assumeFalse(haproxy().isEmpty(), "HAProxy is not installed");
		TlsSettings tls = TlsSettings.of(TestTls.serverContext()).withMode(TlsMode.OPTIONAL);
		ProxyProtocolSettings proxy = new ProxyProtocolSettings(ProxyProtocolMode.OPTIONAL,
				ProxyProtocolSettings.DEFAULT_TRUSTED, Duration.ofSeconds(5));
		try (TestServer server = TestServer.start(Setup.HASH_EPOLL.config().tls(tls).proxyProtocol(proxy), this)) {
			int v1 = freePort();
			int v2 = freePort();
			int byName = freePort();
			Process process = start(config(server.server().port(), v1, v2, byName));
			try {
				assertServed(v1, false, 1);
				assertServed(v2, false, 2);
				assertServed(v1, true, 1);
				assertServed(v2, true, 2);
				this.started.clear();
				assertThat(SocketClient.subjectOf(byName, "chat.example.org")).isEqualTo("CN=localhost");
				Awaitility.await().until(() -> this.started.stream().anyMatch((one) -> version(one) == 2));
				Awaitility.await().until(() -> server.metrics().links().proxyHeaders(ProxyHeaderResult.LOCAL) > 0);
			}
			finally {
				process.destroy();
				assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			}
			server.awaitSize(0);
		}
	}

	private void assertServed(int port, boolean encrypted, int version) {
		this.started.clear();
		try (SocketClient client = SocketClient.connect(port, 0, encrypted ? TestTls.clientContext() : null)) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			Awaitility.await().untilAsserted(() -> assertThat(this.started).anySatisfy((one) -> {
				assertThat(version(one)).isEqualTo(version);
				assertThat(((InetSocketAddress) one.remoteAddress()).getPort()).isEqualTo(client.localPort());
				assertThat(one.transport()).isEqualTo(encrypted ? ConnectionTransport.TLS : ConnectionTransport.TCP);
			}));
		}
	}

	private static int version(Connection connection) {
		ProxyHeader header = connection.proxyHeader();
		return (header != null) ? header.version() : 0;
	}

	private Process start(String config) throws IOException, InterruptedException {
		Path file = Files.writeString(this.directory.resolve("haproxy.cfg"), config);
		Process process = new ProcessBuilder(haproxy(), "-db", "-f", file.toString()).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("haproxy.log").toFile())
			.start();
		Awaitility.await().until(() -> {
			assertThat(process.isAlive()).as(Files.readString(this.directory.resolve("haproxy.log"))).isTrue();
			return accepts(config);
		});
		return process;
	}

	private static boolean accepts(String config) {
		int port = Integer.parseInt(config.replaceAll("(?s).*bind 127.0.0.1:(\\d+).*", "$1"));
		try (SocketClient client = SocketClient.connectPlain(port)) {
			return client.localPort() > 0;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static String config(int server, int v1, int v2, int byName) {
		return """
				defaults
				    mode tcp
				    timeout connect 5s
				    timeout client 30s
				    timeout server 30s
				frontend v1
				    bind 127.0.0.1:%2$d
				    default_backend v1
				backend v1
				    server zinx 127.0.0.1:%1$d send-proxy
				frontend v2
				    bind 127.0.0.1:%3$d
				    default_backend v2
				backend v2
				    server zinx 127.0.0.1:%1$d send-proxy-v2 check inter 200ms
				frontend names
				    bind 127.0.0.1:%4$d
				    tcp-request inspect-delay 5s
				    tcp-request content accept if { req_ssl_hello_type 1 }
				    use_backend v2 if { req_ssl_sni -i chat.example.org }
				""".formatted(server, v1, v2, byName);
	}

}
