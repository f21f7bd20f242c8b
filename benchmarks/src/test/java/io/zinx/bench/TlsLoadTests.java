package io.zinx.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;
import io.zinx.bench.load.LoadClient;
import io.zinx.bench.load.LoadResult;
import io.zinx.bench.load.Transport;
import io.zinx.connection.CloseReason;
import io.zinx.link.TlsSettings;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class TlsLoadTests {

	private static final Duration WHILE = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int LARGE = 60 * 1024;

	private static final TlsKeyStore keys = newKeyStore();

	private final Queue<String> protocols = new ConcurrentLinkedQueue<>();

	private final ZinxServer server = new ZinxServer(ServerConfig.builder()
		.host("127.0.0.1")
		.port(0)
		.maxPacketSize(LARGE)
		.tls(TlsSettings.of(keys.serverContext()))
		.build());

	private static TlsKeyStore newKeyStore() {
		try {
			return TlsKeyStore.create();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void stop() {
		this.server.stop(Duration.ZERO);
	}

	@ParameterizedTest
	@EnumSource(names = { "CLOSED", "OPEN", "CHURN", "BROADCAST" })
	void makesTheServerWork(Shape shape) {
		start(this::echo);
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(this.server.connManager().size()).as("connections of the attempt before").isZero();
			LoadResult result = run(new Load("test", shape, 8, 4, 100, 1000), WHILE);
			assertThat(result.messages()).isPositive();
			assertThat(result.clientPercent()).isPositive();
		});
		assertThat(this.protocols).isNotEmpty().containsOnly("TLSv1.3");
	}

	/**
	 * Records that arrive in parts, and more bytes than the socket accepts at once.
	 */
	@Test
	void checksEveryByteOfLargeFrames() {
		start(this::echo);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(run(Load.closed("test", 2, 128, LARGE), WHILE).messages()).isPositive());
	}

	@Test
	void noticesOneWrongByte() {
		start((request) -> {
			byte[] body = request.body();
			body[body.length - 1]++;
			request.reply(LoadClient.ECHO, body);
		});
		assertThatIllegalStateException().isThrownBy(() -> run(Load.closed("test", 8, 4, 100), PATIENCE))
			.withMessage("A wrong byte in a reply");
	}

	@Test
	void noticesAClosedConnection() {
		start((request) -> request.connection().close());
		assertThatIllegalStateException().isThrownBy(() -> run(Load.closed("test", 8, 4, 100), PATIENCE))
			.withMessage("The server has closed a connection");
	}

	/**
	 * An end without a close_notify would be a failure of TLS.
	 */
	@Test
	void saysThatItCloses() throws IOException {
		Queue<CloseReason> reasons = new ConcurrentLinkedQueue<>();
		start((request) -> {
			request.connection().onClose((connection, reason) -> reasons.add(reason));
			request.reply(LoadClient.ECHO, request);
		});
		await().atMost(PATIENCE).until(() -> run(new Load("test", Shape.CHURN, 1, 1, 100, 0), WHILE).messages() > 0);
		await().atMost(PATIENCE).until(() -> this.server.connManager().size() == 0);
		assertThat(reasons).isNotEmpty().containsOnly(CloseReason.PEER_CLOSED);
	}

	@Test
	void trustsNoOtherCertificate() {
		start(this::echo);
		Transport other = new Transport(newKeyStore().clientContext(), false);
		assertThatExceptionOfType(SSLHandshakeException.class)
			.isThrownBy(() -> new LoadClient(this.server.port(), Load.closed("test", 1, 1, 100), other));
	}

	private void echo(Request request) {
		addProtocol(request);
		request.reply(LoadClient.ECHO, request);
	}

	private void addProtocol(Request request) {
		SSLSession session = request.connection().tlsSession();
		this.protocols.add((session != null) ? session.getProtocol() : "none");
	}

	private void start(Router echo) {
		this.server.router(LoadClient.ECHO, echo);
		this.server.router(LoadClient.BROADCAST, (request) -> {
			addProtocol(request);
			this.server.connManager().broadcast(LoadClient.PUSHED, request.body());
		});
		this.server.start();
	}

	private LoadResult run(Load load, Duration measured) throws IOException {
		try (LoadClient client = new LoadClient(this.server.port(), load, new Transport(keys.clientContext(), false))) {
			return client.run(Duration.ZERO, measured, () -> 0);
		}
	}

}
