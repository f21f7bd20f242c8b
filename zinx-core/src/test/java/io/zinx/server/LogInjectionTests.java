package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.diagnostics.EscapedException;
import io.zinx.routing.Middlewares;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers put what a client wrote into their exceptions; wherever these are logged, it
 * begins no line of its own and steers no terminal.
 */
class LogInjectionTests {

	private static final String HOSTILE = "x\n2026 INFO FAKE LINE\u001b[31m";

	private final List<CapturedLog> logs = new ArrayList<>();

	@AfterEach
	void close() {
		this.logs.forEach(CapturedLog::close);
	}

	private CapturedLog log(String type) {
		CapturedLog log = new CapturedLog(type);
		this.logs.add(log);
		return log;
	}

	private static IllegalArgumentException unknown(Request request) {
		return new IllegalArgumentException("Unknown name " + request.bodyAsString());
	}

	@Test
	void whatAHandlerThrowsIsEscapedWhoeverLogsIt() {
		List<CapturedLog> captured = List.of(log("io.zinx.routing.Routes"), log(Middlewares.class.getName()),
				log("io.zinx.lane.HandlerInvoker"), log("io.zinx.lane.Hooks"),
				log("io.zinx.connection.CloseCallbacks"));
		try (TestServer server = TestServer.start(ServerConfig.builder(), LogInjectionTests::failing, new Failing());
				SocketClient client = server.connect()) {
			client.send(2, HOSTILE).send(3, HOSTILE).send(4, HOSTILE).send(1, "done");
			assertThat(client.receive().text()).isEqualTo("done");
			client.shutdownOutput();
			Awaitility.await().until(() -> captured.stream().allMatch((log) -> log.thrown().size() == 1));
		}
		for (CapturedLog log : captured) {
			assertThat(log.thrown().get(0)).isEqualTo(EscapedException.class.getName()
					+ ": java.lang.IllegalArgumentException: Unknown name x\\n2026 INFO FAKE LINE\\u001b[31m");
		}
	}

	@Test
	void whatAReportOrAGoodbyeThrowsIsEscapedToo() {
		List<CapturedLog> captured = List.of(log(Middlewares.class.getName()), log(DrainMessages.class.getName()));
		Goodbye goodbye = (connection, reason) -> {
			throw Objects.requireNonNull(connection.property("thrown", IllegalArgumentException.class));
		};
		ServerConfigBuilder config = ServerConfig.builder().drain(DrainSettings.DEFAULTS.withGoodbye(goodbye));
		try (TestServer server = TestServer.start(config, (routes) -> routes.use(Middlewares.timing((request, time) -> {
			throw unknown(request);
		})).add(2, (request) -> request.connection().setProperty("thrown", unknown(request))));
				SocketClient client = server.connect()) {
			client.send(2, HOSTILE);
			Awaitility.await().until(() -> captured.get(0).thrown().size() == 1);
			server.onlyConnection().close(CloseReason.KICKED);
			client.awaitClose();
		}
		for (CapturedLog log : captured) {
			assertThat(log.thrown()).containsExactly(EscapedException.class.getName()
					+ ": java.lang.IllegalArgumentException: Unknown name x\\n2026 INFO FAKE LINE\\u001b[31m");
		}
	}

	private static void failing(RouteRegistry routes) {
		Router failing = (request) -> {
			throw unknown(request);
		};
		routes.add(2, failing);
		routes.group(3, 3, Middlewares.recovery()).add(3, failing);
		routes.add(4, (request) -> {
			IllegalArgumentException thrown = unknown(request);
			request.connection().setProperty("thrown", thrown);
			request.connection().onClose((connection, reason) -> {
				throw thrown;
			});
			request.connection().execute(() -> {
				throw thrown;
			});
		});
	}

	/**
	 * Throws in its last hook what a handler has thrown.
	 */
	private static final class Failing implements ConnectionListener {

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			throw Objects.requireNonNull(connection.property("thrown", IllegalArgumentException.class));
		}

	}

}
