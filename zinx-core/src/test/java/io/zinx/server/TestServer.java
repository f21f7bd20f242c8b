package io.zinx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import io.zinx.testing.TestTls;
import io.zinx.transport.UnixSocketSettings;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port, or with port -1 on none, that ends with the test. Message 1 is
 * an echo.
 */
final class TestServer implements AutoCloseable {

	private final ZinxServer server;

	private TestServer(ZinxServer server) {
		this.server = server;
	}

	static TestServer start(ServerConfigBuilder config, Consumer<RouteRegistry> routes,
			ConnectionListener... listeners) {
		return start(TestLink.usual(), config, routes, listeners);
	}

	static TestServer start(TestLink link, ServerConfigBuilder config, Consumer<RouteRegistry> routes,
			ConnectionListener... listeners) {
		return start(link, config, routes, null, listeners);
	}

	static TestServer withAuthenticator(ServerConfigBuilder config, ConnectionAuthenticator authenticator,
			ConnectionListener... listeners) {
		return start(TestLink.usual(), config, (routes) -> {
		}, authenticator, listeners);
	}

	private static TestServer start(TestLink link, ServerConfigBuilder config, Consumer<RouteRegistry> routes,
			@Nullable ConnectionAuthenticator authenticator, ConnectionListener... listeners) {
		RouteRegistry registry = new RouteRegistry();
		registry.add(1, (request) -> request.reply(1, request.body()));
		routes.accept(registry);
		if (link.isEncrypted() && config.tls == null) {
			config.tls(TlsSettings.of(TestTls.serverContext()));
		}
		if (link == TestLink.PROXY_TLS && config.proxyProtocol == ProxyProtocolSettings.OFF) {
			config.proxyProtocol(new ProxyProtocolSettings(ProxyProtocolMode.REQUIRED,
					ProxyProtocolSettings.DEFAULT_TRUSTED, Duration.ofSeconds(30)));
		}
		if (link == TestLink.UNIX && config.unixSocket == null) {
			config.unixSocket(UnixSocketSettings.of(newPath().toString(), null));
		}
		if (link.isWebSocket() && config.webSocket == null) {
			config.webSocket(WebSocketSettings.onSamePort());
		}
		ServerConfig built = config.host("127.0.0.1").port((config.port == -1) ? -1 : 0).build();
		ZinxServer server = ZinxServer.builder(built)
			.routes(registry)
			.listeners(() -> List.of(listeners))
			.authenticator(() -> authenticator)
			.build();
		server.start();
		TestServer started = new TestServer(server);
		started.rememberPath();
		return started;
	}

	/**
	 * Remember the Unix domain socket, if there is one, by the port, which another start
	 * changes.
	 */
	private void rememberPath() {
		UnixSocketSettings unixSocket = this.server.config().transport().unixSocket();
		if (unixSocket != null) {
			TestLink.listens(this.server.port(), unixSocket.path());
		}
	}

	private static Path newPath() {
		try {
			Path directory = Files.createTempDirectory("zinx");
			directory.toFile().deleteOnExit();
			return directory.resolve("s");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static TestServer start(ServerConfigBuilder config, ConnectionListener... listeners) {
		return start(config, (routes) -> {
		}, listeners);
	}

	ZinxServer server() {
		return this.server;
	}

	ConnManager connections() {
		return this.server.connManager();
	}

	ServerMetrics metrics() {
		return connections().metrics();
	}

	SocketClient connect() {
		rememberPath();
		return SocketClient.connect(this.server.port());
	}

	Connection onlyConnection() {
		Awaitility.await().pollDelay(Duration.ZERO).until(() -> connections().ids().length == 1);
		Connection connection = connections().get(connections().ids()[0]);
		if (connection == null) {
			throw new AssertionError("The connection has gone");
		}
		return connection;
	}

	/**
	 * Wait until so many connections hold a slot, and all of them can be found.
	 */
	void awaitSize(int size) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.until(() -> connections().size() == size && connections().ids().length == size);
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
