package io.zinx.server;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import io.zinx.transport.ServerBindException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ZinxServerTests {

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final ZinxServer server = new ZinxServer(ServerConfig.builder().inMemory().eventLoops(1).build());

	@AfterEach
	void stop() {
		this.server.stop(Duration.ZERO);
	}

	@Test
	void aServerThatIsNotStartedAnswersAllTheSame() {
		assertAnswersAsNotStarted();
		this.server.start();
		assertThat(this.server.transportKind()).isEqualTo("in-memory");
		assertThat(this.server.startedAt()).isNotNull();
		assertThat(this.server.workers()).hasSize(10);
		assertThat(this.server.workerQueueSizes()).hasSize(10);
		assertThat(this.server.eventLoops()).isNotNull();
		this.server.stop();
		assertAnswersAsNotStarted();
	}

	private void assertAnswersAsNotStarted() {
		assertThat(this.server.state()).isEqualTo(State.STOPPED);
		assertThat(this.server.phase()).isEqualTo(ServerPhase.STOPPED);
		assertThat(this.server.isRunning()).isFalse();
		assertThat(this.server.port()).isEqualTo(-1);
		assertThat(this.server.localAddress()).isNull();
		assertThat(this.server.transportKind()).isNull();
		assertThat(this.server.startedAt()).isNull();
		assertThat(this.server.eventLoops()).isNull();
		assertThat(this.server.workers()).isEmpty();
		assertThat(this.server.workerQueueSizes()).isEmpty();
		assertThat(this.server.runningHandlers()).isEmpty();
		assertThat(this.server.bytesQueued()).isZero();
		assertThat(this.server.trace(1, Duration.ofSeconds(1))).isFalse();
		assertThat(this.server.drain()).isFalse();
		assertThat(this.server.resume()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT1H0.000000001S" })
	void aTraceOfNoTimeOrOfTooMuchIsRefused(Duration duration) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.trace(1, duration))
			.withMessage("duration: " + duration + " (expected: more than zero, up to an hour)");
		assertThat(this.server.trace(1, Duration.ofHours(1))).isFalse();
	}

	@Test
	void listenersHearOfEachChangeOfPhaseOnce() {
		this.server.onPhase((phase) -> this.events.add(phase.toString()));
		this.server.stop();
		this.server.drain();
		this.server.resume();
		assertThat(this.events).isEmpty();
		this.server.start();
		this.server.start();
		assertThat(this.events).containsExactly("running");
		this.server.resume();
		this.server.drain();
		this.server.resume();
		assertThat(this.events).containsExactly("running", "draining", "running");
		this.server.stop();
		this.server.stop();
		assertThat(this.events).containsExactly("running", "draining", "running", "draining", "stopped");
	}

	@Test
	void phasesAreToldBeforeClientsAreTurnedAwayAndAfterTheyCanCome() {
		this.server.onPhase((phase) -> this.events.add(phase + " told when " + this.server.phase()));
		this.server.start();
		this.server.drain();
		this.server.resume();
		this.server.stop();
		assertThat(this.events).containsExactly("running told when running", "draining told when running",
				"running told when running", "draining told when draining", "stopped told when stopped");
	}

	@Test
	void aListenerThatThrowsIsLoggedAndDoesNoHarm() {
		this.server.onPhase((phase) -> {
			throw new AssertionError("on purpose");
		});
		this.server.onPhase((phase) -> this.events.add(phase.toString()));
		try (CapturedLog log = new CapturedLog(ZinxServer.class)) {
			this.server.start();
			assertThat(this.server.isRunning()).isTrue();
			assertThat(log.lines())
				.contains("[ZinxServerApp] A phase listener failed when the server was running; the server goes on");
			assertThat(log.thrown()).containsExactly("java.lang.AssertionError: on purpose");
		}
		this.server.stop();
		assertThat(this.server.state()).isEqualTo(State.STOPPED);
		assertThat(this.events).containsExactly("running", "draining", "stopped");
	}

	@Test
	void aStartThatFailsChangesNoPhaseAndIsRememberedUntilOneSucceeds() throws Exception {
		ZinxServer blocked;
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			blocked = new ZinxServer(
					ServerConfig.builder().host("127.0.0.1").port(taken.getLocalPort()).eventLoops(1).build());
			blocked.onPhase((phase) -> this.events.add(phase.toString()));
			assertThat(blocked.lastBindError()).isNull();
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(blocked::start)
				.satisfies((ex) -> assertThat(blocked.lastBindError()).isSameAs(ex));
			assertThat(blocked.state()).isEqualTo(State.STOPPED);
			assertThat(blocked.localAddress()).isNull();
			assertThat(this.events).isEmpty();
		}
		blocked.start();
		assertThat(blocked.lastBindError()).isNull();
		blocked.stop();
		assertThat(this.events).containsExactly("running", "draining", "stopped");
	}

	@Test
	void aServerStartsItsHooksAnewAtEachStartAndStopsInTheOrderThatItPromises() {
		Goodbye goodbye = (connection, reason) -> {
			this.events.add("goodbye " + reason.tag());
			return null;
		};
		ServerConfig config = ServerConfig.builder()
			.host("127.0.0.1")
			.port(0)
			.drain(DrainSettings.DEFAULTS.withGoodbye(goodbye))
			.build();
		ConnManager connections = new ConnManager(1);
		ZinxServer ordered = ZinxServer.builder(config).connManager(connections).listeners(this::hooks).build();
		ordered.router(1, (request) -> request.reply(1, "pong"));
		ordered.onPhase((phase) -> this.events.add(phase.toString()));
		for (int round = 0; round < 2; round++) {
			ordered.start();
			try (SocketClient client = SocketClient.connect(ordered.port())) {
				client.send(1, "ping").receive();
				ordered.stop();
				client.awaitClose();
			}
			assertThat(this.events).containsExactly("hooks", "running", "draining", "goodbye server-stopping",
					"onStop server-stopping", "stopped");
			this.events.clear();
		}
		assertThat(connections.metrics().accepted()).isEqualTo(2);
	}

	@Test
	void aServerMadeByCodeTakesHooksListenersRoutesAndAManager() {
		ConnManager connections = new ConnManager(1);
		RouteRegistry routes = new RouteRegistry().add(1, (request) -> request.reply(1, "pong"));
		ServerConfig config = ServerConfig.builder().host("127.0.0.1").port(0).build();
		ZinxServer built = ZinxServer.builder(config)
			.connManager(connections)
			.routes(routes)
			.onStart((connection) -> this.events.add("onStart " + connection.connId()))
			.listeners(this::hooks)
			.onStop((connection, reason) -> this.events.add("last " + reason.tag()))
			.build();
		assertThat(built.connManager()).isSameAs(connections);
		assertThat(built.routes()).isSameAs(routes);
		built.start();
		try (SocketClient client = SocketClient.connect(built.port())) {
			assertThat(client.send(1, "ping").receive().text()).isEqualTo("pong");
			built.stop();
		}
		assertThat(this.events).containsExactly("hooks", "onStart 1", "onStop server-stopping", "last server-stopping");
	}

	@Test
	void aServerMadeByCodeHasAManagerAndRoutesOfItsOwn() {
		ServerConfig config = ServerConfig.builder().maxConn(7).build();
		ZinxServer one = ZinxServer.builder(config).build();
		ZinxServer other = new ZinxServer(config);
		assertThat(one.connManager().maxConn()).isEqualTo(7);
		assertThat(one.connManager()).isNotSameAs(other.connManager());
		assertThat(one.routes()).isNotSameAs(other.routes());
	}

	@Test
	void aConfigurationThatIsSuppliedIsAskedForOnceWhenItIsNeeded() {
		AtomicInteger asked = new AtomicInteger();
		ZinxServer late = ZinxServerBuilder.of(() -> {
			asked.incrementAndGet();
			return ServerConfig.builder().inMemory().eventLoops(1).maxConn(3).build();
		}).build();
		assertThat(asked).hasValue(0);
		late.start();
		assertThat(late.connManager().maxConn()).isEqualTo(3);
		late.stop();
		assertThat(asked).hasValueBetween(1, 2);
	}

	private List<ConnectionListener> hooks() {
		this.events.add("hooks");
		return List.of(new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				ZinxServerTests.this.events.add("onStop " + reason.tag());
			}
		});
	}

}
