package io.zinx.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;
import io.zinx.bench.load.LoadClient;
import io.zinx.bench.load.LoadResult;
import io.zinx.bench.load.Transport;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class WebSocketLoadTests {

	private static final Duration WHILE = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int LARGE = 60 * 1024;

	private static final Transport WEB_SOCKET = new Transport(null, true);

	private final Queue<String> transports = new ConcurrentLinkedQueue<>();

	private final List<ZinxServer> servers = new ArrayList<>();

	@AfterEach
	void stop() {
		this.servers.forEach((server) -> server.stop(Duration.ZERO));
	}

	/**
	 * Two of the processes that {@link Compare} measures; {@code .ci/bench-smoke} starts
	 * the others.
	 */
	@ParameterizedTest
	@CsvSource({ "netty,true", "hash-2,false" })
	void makesEachServerWork(String name, boolean encrypted) throws Exception {
		TlsKeyStore keys = encrypted ? TlsKeyStore.create() : null;
		List<String> arguments = new ArrayList<>(List.of(WebSockets.jvmArgument()));
		if (keys != null) {
			arguments.add(keys.jvmArgument());
		}
		Transport transport = new Transport((keys != null) ? keys.clientContext() : null, true);
		for (Load load : List.of(Load.closed("test", 8, 16, 64), new Load("test", Shape.BROADCAST, 8, 1, 1024, 0))) {
			Contender contender = Contender.of(name).facing(load);
			try (ServerProcess server = ServerProcess.start(contender, new Processors("", 1), arguments)) {
				server.awaitStarted();
				await().atMost(PATIENCE)
					.untilAsserted(
							() -> assertThat(run(server.port(), load, transport, WHILE).messages()).isPositive());
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CLOSED", "OPEN", "CHURN", "BROADCAST" })
	void everyMessageIsOneOfWebSocket(Shape shape) {
		ZinxServer server = start(config(), this::echo);
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(server.connManager().size()).as("connections of the attempt before").isZero();
			LoadResult result = run(server.port(), new Load("test", shape, 8, 4, 100, 1000), WEB_SOCKET, WHILE);
			assertThat(result.messages()).isPositive();
		});
		assertThat(this.transports).isNotEmpty().containsOnly("ws");
	}

	@Test
	void encryptsIfThereIsAContext() throws Exception {
		TlsKeyStore keys = TlsKeyStore.create();
		ZinxServer server = start(config().tls(TlsSettings.of(keys.serverContext())), this::echo);
		Transport transport = new Transport(keys.clientContext(), true);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(
					run(server.port(), Load.closed("test", 2, 128, LARGE), transport, WHILE).messages())
				.isPositive());
		assertThat(this.transports).isNotEmpty().containsOnly("wss");
	}

	/**
	 * Frames that arrive in parts, and more bytes than the socket accepts at once.
	 */
	@Test
	void checksEveryByteOfLargeFrames() {
		ZinxServer server = start(config(), this::echo);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(
					run(server.port(), Load.closed("test", 2, 128, LARGE), WEB_SOCKET, WHILE).messages())
				.isPositive());
	}

	@Test
	void noticesOneWrongByte() {
		ZinxServer server = start(config(), (request) -> {
			byte[] body = request.body();
			body[body.length - 1]++;
			request.reply(LoadClient.ECHO, body);
		});
		assertThatIllegalStateException()
			.isThrownBy(() -> run(server.port(), Load.closed("test", 8, 4, 100), WEB_SOCKET, PATIENCE))
			.withMessage("A wrong byte in a reply");
	}

	@Test
	void noticesAClosedConnection() {
		ZinxServer server = start(config(), (request) -> request.connection().close());
		assertThatIllegalStateException()
			.isThrownBy(() -> run(server.port(), Load.closed("test", 8, 4, 100), WEB_SOCKET, PATIENCE))
			.withMessage("The server has closed a connection");
	}

	@Test
	void saysThatItCloses() {
		Queue<CloseReason> reasons = new ConcurrentLinkedQueue<>();
		ZinxServer server = start(config(), (request) -> {
			request.connection().onClose((connection, reason) -> reasons.add(reason));
			request.reply(LoadClient.ECHO, request);
		});
		Load churn = new Load("test", Shape.CHURN, 1, 1, 100, 0);
		await().atMost(PATIENCE).until(() -> run(server.port(), churn, WEB_SOCKET, WHILE).messages() > 0);
		await().atMost(PATIENCE).until(() -> server.connManager().size() == 0);
		assertThat(reasons).isNotEmpty().containsOnly(CloseReason.PEER_CLOSED);
	}

	@Test
	void noticesThatTheServerRefusesTheRequest() {
		ZinxServer server = start(config().webSocket(WebSocketSettings.onSamePort().withPath("/elsewhere")),
				this::echo);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new LoadClient(server.port(), Load.closed("test", 1, 1, 100), WEB_SOCKET))
			.withMessageContaining("404");
	}

	private void echo(Request request) {
		addTransport(request.connection());
		request.reply(LoadClient.ECHO, request);
	}

	private void addTransport(Connection connection) {
		String secure = (connection.tlsSession() != null) ? "wss" : "ws";
		this.transports.add((connection.webSocket() != null) ? secure : "none");
	}

	private static ServerConfigBuilder config() {
		return ServerConfig.builder()
			.host("127.0.0.1")
			.port(0)
			.maxPacketSize(LARGE)
			.webSocket(WebSocketSettings.onSamePort());
	}

	private ZinxServer start(ServerConfigBuilder config, Router echo) {
		ZinxServer server = new ZinxServer(config.build());
		this.servers.add(server);
		server.router(LoadClient.ECHO, echo);
		server.router(LoadClient.BROADCAST, (request) -> {
			addTransport(request.connection());
			server.connManager().broadcast(LoadClient.PUSHED, request.body());
		});
		server.start();
		return server;
	}

	private static LoadResult run(int port, Load load, Transport transport, Duration measured) throws IOException {
		try (LoadClient client = new LoadClient(port, load, transport)) {
			return client.run(Duration.ZERO, measured, () -> 0);
		}
	}

}
