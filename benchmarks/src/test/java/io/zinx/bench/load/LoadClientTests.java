package io.zinx.bench.load;

import java.io.IOException;
import java.time.Duration;

import io.zinx.bench.load.Load.Shape;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class LoadClientTests {

	private static final Duration WHILE = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CONNECTIONS = 8;

	private final ZinxServer server = new ZinxServer(ServerConfig.builder().host("127.0.0.1").port(0).build());

	@AfterEach
	void stop() {
		this.server.stop(Duration.ZERO);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "IDLE")
	void makesTheServerWorkInEachShape(Shape shape) {
		start((request) -> request.reply(LoadClient.ECHO, request.body()));
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(this.server.connManager().size()).as("connections of the attempt before").isZero();
			LoadResult result = run(load(shape), WHILE);
			assertThat(result.messages()).isPositive();
			assertThat(result.cpuMicros()).isPositive();
			assertThat(result.p99()).isGreaterThanOrEqualTo(result.p50()).isPositive();
		});
	}

	@Test
	void holdsIdleConnectionsInSilence() throws IOException {
		start((request) -> request.reply(LoadClient.ECHO, request.body()));
		try (LoadClient client = new LoadClient(port(), load(Shape.IDLE))) {
			await().atMost(PATIENCE).until(() -> this.server.connManager().size() == CONNECTIONS);
			long before = this.server.connManager().metrics().messagesIn();
			assertThat(client.run(Duration.ZERO, WHILE, () -> 0).messages()).isZero();
			assertThat(this.server.connManager().metrics().messagesIn()).isEqualTo(before);
		}
	}

	@Test
	void noticesOneWrongByte() {
		start((request) -> {
			byte[] body = request.body();
			body[body.length - 1]++;
			request.reply(LoadClient.ECHO, body);
		});
		assertThatIllegalStateException().isThrownBy(() -> run(load(Shape.CLOSED), PATIENCE))
			.withMessage("A wrong byte in a reply");
	}

	@Test
	void noticesAReplyTooMany() {
		start((request) -> {
			request.reply(LoadClient.ECHO, request.body());
			request.reply(LoadClient.ECHO, request.body());
		});
		assertThatIllegalStateException().isThrownBy(() -> run(load(Shape.CLOSED), PATIENCE))
			.withMessage("A reply that nobody has asked for");
	}

	@Test
	void noticesAClosedConnection() {
		start((request) -> request.connection().close());
		assertThatIllegalStateException().isThrownBy(() -> run(load(Shape.CLOSED), PATIENCE))
			.withMessage("The server has closed a connection");
	}

	private void start(Router echo) {
		this.server.router(LoadClient.ECHO, echo);
		this.server.router(LoadClient.BROADCAST,
				(request) -> this.server.connManager().broadcast(LoadClient.PUSHED, request.body()));
		for (int held : new int[] { LoadClient.SLEEP, LoadClient.READ, LoadClient.QUERY, LoadClient.COMPUTE }) {
			this.server.router(held, (request) -> request.reply(held, request.body()));
		}
		this.server.start();
	}

	private int port() {
		return this.server.port();
	}

	private static Load load(Shape shape) {
		return new Load("test", shape, CONNECTIONS, 4, 100, 1000);
	}

	/**
	 * The server's CPU time is a second for each time it is asked for.
	 */
	private LoadResult run(Load load, Duration measured) throws IOException {
		double[] asked = new double[1];
		try (LoadClient client = new LoadClient(port(), load)) {
			return client.run(Duration.ZERO, measured, () -> asked[0]++);
		}
	}

}
