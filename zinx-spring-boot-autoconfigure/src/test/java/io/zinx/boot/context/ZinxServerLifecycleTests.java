package io.zinx.boot.context;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.lifecycle.StartStop;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.Goodbye;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ZinxServerLifecycleTests {

	@Test
	void portIsPublished() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			int port = context.getBean(ZinxServer.class).port();
			assertThat(context.getEnvironment().getProperty("local.zinx.server.port", Integer.class)).isEqualTo(port)
				.isPositive();
			assertThat(context.getBean(Echo.class).started).singleElement().satisfies((event) -> {
				assertThat(event.port()).isEqualTo(port);
				assertThat(event.server()).isSameAs(context.getBean(ZinxServer.class));
			});
		}
	}

	@Test
	void portIsPublishedToTheParents() {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.properties("zinx.port=0");
		try (ConfigurableApplicationContext child = builder.child(ChildApplication.class)
			.web(WebApplicationType.NONE)
			.run()) {
			ConfigurableApplicationContext parent = (ConfigurableApplicationContext) Objects
				.requireNonNull(child.getParent());
			try (parent) {
				assertThat(parent.getEnvironment().getProperty("local.zinx.server.port", Integer.class))
					.isEqualTo(child.getBean(ZinxServer.class).port());
			}
		}
	}

	@Test
	void startsAgainOnTheSamePort() {
		int port = freePort();
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Registrar.class),
				"zinx.port=" + port)) {
			for (int i = 0; i < 3; i++) {
				try (SocketClient client = SocketClient.connect(port)) {
					assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
					context.stop();
					client.awaitClose();
				}
				assertThat(context.getBean(ZinxServer.class).state()).isEqualTo(StartStop.State.STOPPED);
				context.start();
			}
			assertThat(context.getBean(ZinxServer.class).port()).isEqualTo(port);
			assertThat(context.getBean(Echo.class).started).hasSize(4);
		}
	}

	@Test
	void nextApplicationGetsTheSamePort() {
		int port = freePort();
		for (int i = 0; i < 3; i++) {
			try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.port=" + port);
					SocketClient client = SocketClient.connect(port)) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				assertThat(context.isActive()).isTrue();
			}
		}
	}

	@Test
	void staysWhenTheContextIsPaused() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class);
				SocketClient client = ZinxApplication.connect(context)) {
			int port = context.getBean(ZinxServer.class).port();
			context.pause();
			assertThat(client.send(1, "paused").receive().text()).isEqualTo("paused");
			context.restart();
			assertThat(context.getBean(ZinxServer.class).port()).isEqualTo(port);
			assertThat(client.send(1, "restarted").receive().text()).isEqualTo("restarted");
		}
		assertThat(ZinxServerLifecycle.PHASE).isLessThan(ZinxGracefulShutdownLifecycle.PHASE);
	}

	@Test
	void gracefulStopHandlesWhatWasReceivedAndClosesEachConnectionOnce() {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Slow.class, Stops.class),
				"zinx.worker-pool-size=1");
		Slow slow = context.getBean(Slow.class);
		Stops stops = context.getBean(Stops.class);
		List<SocketClient> clients = connect(context, 5);
		clients.get(0).send(1, "slow");
		await().until(slow::isEntered);
		Thread closing = new Thread(context::close);
		closing.start();
		ZinxServer server = context.getBean(ZinxServer.class);
		await().until(() -> server.state() == StartStop.State.STOPPING);
		slow.release();
		assertThat(clients.get(0).receive().text()).isEqualTo("done");
		clients.forEach(SocketClient::awaitClose);
		await().until(() -> !closing.isAlive());
		assertThat(stops.reasons).hasSize(5)
			.allSatisfy((connId, reasons) -> assertThat(reasons).containsExactly(CloseReason.SERVER_STOPPING));
		clients.forEach(SocketClient::close);
	}

	@Test
	void gracefulStopIsCutShortByTheTimeoutOfThePhase(CapturedOutput output) {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Slow.class, Stops.class),
				"spring.lifecycle.timeout-per-shutdown-phase=300ms", "zinx.shutdown.grace-period=60s");
		assertThat(output).contains("zinx.shutdown.grace-period (60s) should be less than");
		closesWithinTenSecondsThoughARouterIsStuck(context);
	}

	@Test
	void gracefulStopEndsWithTheGracePeriod(CapturedOutput output) {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Slow.class, Stops.class),
				"zinx.shutdown.grace-period=300ms");
		assertThat(output).doesNotContain("zinx.shutdown.grace-period");
		closesWithinTenSecondsThoughARouterIsStuck(context);
	}

	@Test
	void immediateStopWaitsForNoRouter() {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Slow.class, Stops.class),
				"zinx.shutdown.mode=immediate", "zinx.shutdown.grace-period=60s");
		closesWithinTenSecondsThoughARouterIsStuck(context);
	}

	/**
	 * The default grace period is longer.
	 */
	@ParameterizedTest
	@CsvSource({ "hash, graceful", "event-loop, graceful", "bind, graceful", "hash, immediate", "event-loop, immediate",
			"bind, immediate" })
	void aRouterThatClosesTheContextIsNotWaitedFor(String workerMode, String shutdownMode) {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Closing.class, Stops.class),
				"zinx.worker-mode=" + workerMode, "zinx.shutdown.mode=" + shutdownMode);
		Stops stops = context.getBean(Stops.class);
		Closing closing = context.getBean(Closing.class);
		ZinxServer server = context.getBean(ZinxServer.class);
		try (SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "");
			await().atMost(Duration.ofSeconds(10)).until(() -> closing.closed.getCount() == 0);
			assertThat(context.isActive()).isFalse();
			assertThat(server.state()).isEqualTo(StartStop.State.STOPPED);
			assertThat(server.connManager().size()).isZero();
			assertThat(stops.reasons.get(1L)).containsExactly(CloseReason.SERVER_STOPPING);
			assertThat(closing.interrupted).isFalse();
			client.awaitClose();
		}
	}

	private static void closesWithinTenSecondsThoughARouterIsStuck(ConfigurableApplicationContext context) {
		Slow slow = context.getBean(Slow.class);
		Stops stops = context.getBean(Stops.class);
		try (SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "stuck");
			await().until(slow::isEntered);
			Thread closing = new Thread(context::close);
			closing.start();
			client.awaitClose();
			await().atMost(Duration.ofSeconds(10)).until(() -> !closing.isAlive());
			assertThat(stops.reasons).containsOnlyKeys(1L);
			assertThat(stops.reasons.get(1L)).containsExactly(CloseReason.SERVER_STOPPING);
		}
	}

	@Test
	void applicationWithoutWebServerRefusesTrafficWhenItStops() {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Readiness.class));
		Readiness readiness = context.getBean(Readiness.class);
		assertThat(readiness.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC);
		context.stop();
		context.start();
		assertThat(context.getBean(ApplicationAvailability.class).getReadinessState())
			.isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		context.close();
		assertThat(readiness.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC,
				ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void webApplicationRefusesTrafficOnce() {
		ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Readiness.class));
		Readiness readiness = context.getBean(Readiness.class);
		context.close();
		assertThat(readiness.states).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void applicationRefusesTrafficWhileItsServerIsDrained() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Readiness.class))) {
			ZinxServer server = context.getBean(ZinxServer.class);
			ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
			server.drain();
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
			server.resume();
			assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@Test
	void goodbyeMayBeABean() {
		ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, SaysGoodbye.class));
		try (context; SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "hello").receive();
			context.stop();
			assertThat(client.receive().text()).isEqualTo("see you, 1: server-stopping");
			client.awaitClose();
		}
	}

	@Test
	void goodbyeThatIsABeanWinsOverPropertiesOfLastMessages() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, SaysGoodbye.class),
				"zinx.session.kick.msg-id=201", "zinx.session.kick.text=thrown out");
				SocketClient old = ZinxApplication.connect(context).send(1, "hello")) {
			ConnManager connections = context.getBean(ConnManager.class);
			old.receive();
			Connection first = connections.get(1);
			assertThat(first).isNotNull();
			try (SocketClient young = ZinxApplication.connect(context).send(1, "hello")) {
				young.receive();
				Connection second = connections.get(2);
				assertThat(second).isNotNull();
				first.bind("user");
				second.bind("user");
				assertThat(old.receive().text()).isEqualTo("see you, 1: replaced");
				old.awaitClose();
				second.close(CloseReason.KICKED);
				assertThat(young.receive().text()).isEqualTo("see you, 2: kicked");
				young.awaitClose();
			}
		}
	}

	@Test
	void serverIsStoppedIfTheApplicationFailsToStart() {
		int port = freePort();
		assertThatException()
			.isThrownBy(() -> ZinxApplication.run(List.of(Echo.class, FailsLate.class), "zinx.port=" + port));
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.port=" + port)) {
			assertThat(context.getBean(ZinxServer.class).port()).isEqualTo(port);
		}
	}

	@Test
	void gracefulLifecycleStopsWithACallbackOnly() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			ZinxGracefulShutdownLifecycle lifecycle = context.getBean(ZinxGracefulShutdownLifecycle.class);
			assertThat(lifecycle.isPauseable()).isFalse();
			assertThat(context.getBean(ZinxServerLifecycle.class).isPauseable()).isFalse();
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lifecycle::stop);
		}
	}

	private static List<SocketClient> connect(ConfigurableApplicationContext context, int count) {
		List<SocketClient> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			clients.add(ZinxApplication.connect(context));
		}
		await().until(() -> context.getBean(ZinxServer.class).connManager().size() == count);
		return clients;
	}

	private static int freePort() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			return context.getBean(ZinxServer.class).port();
		}
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

		private final List<ZinxServerStartedEvent> started = new CopyOnWriteArrayList<>();

		@EventListener
		void started(ZinxServerStartedEvent event) {
			this.started.add(event);
		}

	}

	static class Registrar {

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.add(2, new EchoRouter());
		}

	}

	@ZinxRouter(msgId = 1)
	static class Slow implements Router {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void handle(Request request) throws InterruptedException {
			this.entered.countDown();
			if (!this.release.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Not released");
			}
			request.reply(1, "done");
		}

		boolean isEntered() {
			return this.entered.getCount() == 0;
		}

		void release() {
			this.release.countDown();
		}

	}

	@ZinxRouter(msgId = 1)
	static class Closing implements Router {

		private final ConfigurableApplicationContext context;

		private final CountDownLatch closed = new CountDownLatch(1);

		private volatile boolean interrupted;

		Closing(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Override
		public void handle(Request request) {
			this.context.close();
			this.interrupted = Thread.currentThread().isInterrupted();
			this.closed.countDown();
		}

	}

	static class Stops implements ConnectionListener {

		private final Map<Long, List<CloseReason>> reasons = new ConcurrentHashMap<>();

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			this.reasons.computeIfAbsent(connection.connId(), (connId) -> new CopyOnWriteArrayList<>()).add(reason);
		}

	}

	static class Readiness {

		private final List<ReadinessState> states = new CopyOnWriteArrayList<>();

		@EventListener
		void changed(AvailabilityChangeEvent<ReadinessState> event) {
			this.states.add(event.getState());
		}

	}

	static class SaysGoodbye implements Goodbye {

		@Override
		public Message to(Connection connection, CloseReason reason) {
			String text = "see you, " + connection.connId() + ": " + reason;
			return new Message(9, text.getBytes(StandardCharsets.UTF_8));
		}

	}

	static class FailsLate implements SmartLifecycle {

		@Override
		public void start() {
			throw new IllegalStateException("Fails late");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class ChildApplication {

	}

}
