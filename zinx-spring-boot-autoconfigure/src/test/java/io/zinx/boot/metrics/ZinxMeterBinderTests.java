package io.zinx.boot.metrics;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.HighCardinalityTagsDetector;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.metrics.ZinxMetricsAutoConfiguration;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.cluster.FrameDropReason;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.PushState;
import io.zinx.connection.CloseReason;
import io.zinx.connection.RejectReason;
import io.zinx.metrics.AuthenticationOutcome;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.metrics.UpgradeResult;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

class ZinxMeterBinderTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxMetricsAutoConfiguration.class))
		.withPropertyValues("zinx.port=0");

	@Test
	void isThereWithARegistryOnly() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(ZinxMeterBinder.class));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ZinxMeterBinder.class));
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean("zinxMeterBinder"));
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxMeterBinder.class));
	}

	@Test
	void backsOffForTheUsersBinder() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().build());
		ZinxMeterBinder mine = new ZinxMeterBinder(server);
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("mine", ZinxMeterBinder.class, () -> mine)
			.run((context) -> assertThat(context.getBean(ZinxMeterBinder.class)).isSameAs(mine));
	}

	@Test
	void metersTellWhatHappens() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Failing.class))) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE)).isZero();
			assertThat(gauge(registry, ZinxMeters.CONNECTIONS_MAX)).isEqualTo(12000);
			assertThat(gauge(registry, ZinxMeters.CONNECTIONS_WAITING)).isZero();
			try (SocketClient client = ZinxApplication.connect(context)) {
				client.send(1, "12345").receive();
				assertThat(gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE)).isOne();
				client.send(2, "unknown").send(3, "fails").send(1, "").receive();
			}
			await().until(() -> gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE) == 0);
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_ACCEPTED)).isOne();
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_REJECTED)).isZero();
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_CLOSED, "reason", "peer-closed")).isOne();
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_CLOSED, "reason", "kicked")).isZero();
			assertThat(counter(registry, ZinxMeters.MESSAGES_RECEIVED)).isEqualTo(4);
			assertThat(counter(registry, ZinxMeters.MESSAGES_SENT)).isEqualTo(2);
			assertThat(counter(registry, ZinxMeters.MESSAGES_DROPPED, "reason", "no-router")).isOne();
			assertThat(counter(registry, ZinxMeters.MESSAGES_DROPPED)).isOne();
			assertThat(counter(registry, ZinxMeters.HANDLER_FAILURES)).isOne();
			assertThat(counter(registry, ZinxMeters.DATA_RECEIVED)).isEqualTo(4 * 8 + 5 + 7 + 5);
			assertThat(counter(registry, ZinxMeters.DATA_SENT)).isEqualTo(2 * 8 + 5);
			assertThat(gauge(registry, ZinxMeters.WORKER_QUEUE_SIZE)).isZero();
		}
	}

	@Test
	void everyMeterIsDocumentedAndNoTagIsOfAClient() {
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(Echo.class),
				new InProcessBackplane()); SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "hello").receive();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Set<String> names = new TreeSet<>();
			for (Meter meter : registry.getMeters()) {
				if (meter.getId().getName().startsWith("zinx.")) {
					names.add(meter.getId().getName());
					assertDocumented(meter);
				}
			}
			assertThat(names).containsExactlyInAnyOrderElementsOf(
					List.of(ZinxMeters.values()).stream().map(ZinxMeters::getName).toList());
		}
	}

	private static void assertDocumented(Meter meter) {
		ZinxMeters documented = List.of(ZinxMeters.values())
			.stream()
			.filter((candidate) -> candidate.getName().equals(meter.getId().getName()))
			.findFirst()
			.orElseThrow();
		assertThat(meter.getId().getType()).isEqualTo(documented.getType());
		assertThat(meter.getId().getBaseUnit()).isEqualTo(documented.getBaseUnit());
		assertThat(meter.getId().getDescription()).isNotBlank();
		List<String> reasons = new ArrayList<>();
		List.of(RejectReason.values()).forEach((reason) -> reasons.add(reason.tag()));
		List.of(CloseReason.values()).forEach((reason) -> reasons.add(reason.tag()));
		List.of(DropReason.values()).forEach((reason) -> reasons.add(reason.tag()));
		List.of(FrameDropReason.values()).forEach((reason) -> reasons.add(reason.tag()));
		for (Tag tag : meter.getId().getTags()) {
			switch (tag.getKey()) {
				case "server" -> assertThat(tag.getValue()).isEqualTo("ZinxServerApp");
				case "reason" -> assertThat(reasons).contains(tag.getValue());
				case "msg.id" -> assertThat(tag.getValue()).isIn("1", "unknown");
				case "result" -> assertThat(results()).contains(tag.getValue());
				case "transport" -> assertThat(tag.getValue()).isIn("tcp", "tls", "ws", "wss", "unix", "memory");
				case "state" -> assertThat(Stream.of(PushState.values()).map(PushState::tag)).contains(tag.getValue());
				case "outcome" -> assertThat(tag.getValue()).isIn("success", "handled", "failure");
				default -> fail("Tag " + tag);
			}
		}
		assertThat(meter.getId().getTags()).hasSize(documented.getKeyNames().length);
	}

	private static List<String> results() {
		return Stream
			.of(Stream.of(HandshakeResult.values()).map(HandshakeResult::tag),
					Stream.of(ProxyHeaderResult.values()).map(ProxyHeaderResult::tag),
					Stream.of(UpgradeResult.values()).map(UpgradeResult::tag),
					Stream.of(AuthenticationOutcome.values()).map(AuthenticationOutcome::tag))
			.flatMap(Function.identity())
			.toList();
	}

	@Test
	void aCounterOfEachReasonIsThereFromTheStart() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new ZinxMeterBinder(new ZinxServer(ServerConfig.builder().build())).bindTo(registry);
		for (ZinxMeters meter : List.of(ZinxMeters.CONNECTIONS_ACTIVE, ZinxMeters.CONNECTIONS_ACCEPTED)) {
			assertThat(registry.get(meter.getName()).meters()).extracting((found) -> found.getId().getTag("transport"))
				.containsExactlyInAnyOrder("tcp", "tls", "ws", "wss", "unix", "memory");
		}
		assertThat(registry.get(ZinxMeters.PROXY_HEADERS.getName()).meters())
			.extracting((found) -> found.getId().getTag("result"))
			.containsExactlyInAnyOrderElementsOf(
					Stream.of(ProxyHeaderResult.values()).map(ProxyHeaderResult::tag).toList());
		assertThat(reasons(registry, ZinxMeters.CONNECTIONS_REJECTED))
			.containsExactlyInAnyOrderElementsOf(Stream.of(RejectReason.values()).map(RejectReason::tag).toList());
		assertThat(reasons(registry, ZinxMeters.CONNECTIONS_CLOSED))
			.containsExactlyInAnyOrderElementsOf(Stream.of(CloseReason.values()).map(CloseReason::tag).toList());
		assertThat(reasons(registry, ZinxMeters.MESSAGES_DROPPED))
			.containsExactlyInAnyOrderElementsOf(Stream.of(DropReason.values()).map(DropReason::tag).toList());
		assertThat(registry.getMeters()).filteredOn(FunctionCounter.class::isInstance)
			.allMatch((meter) -> ((FunctionCounter) meter).count() == 0);
	}

	private static List<String> reasons(MeterRegistry registry, ZinxMeters meter) {
		return registry.get(meter.getName())
			.functionCounters()
			.stream()
			.map((counter) -> counter.getId().getTag("reason"))
			.toList();
	}

	@Test
	void noTagGrowsWithClientsOrMessages() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			long before = withoutTheJvm(registry);
			for (int i = 0; i < 50; i++) {
				try (SocketClient client = ZinxApplication.connect(context)) {
					client.send(1000 + i, "unknown").send(1, "hello").receive();
				}
			}
			assertThat(new HighCardinalityTagsDetector(registry, 30, Duration.ofDays(1)).findFirst()).isEmpty();
			assertThat(withoutTheJvm(registry)).isEqualTo(before);
		}
	}

	/**
	 * The JVM has some of its meters from its first collection of garbage on.
	 */
	private static long withoutTheJvm(MeterRegistry registry) {
		return registry.getMeters().stream().filter((meter) -> !meter.getId().getName().startsWith("jvm.")).count();
	}

	@Test
	void tellsOfSlowHandlersPausedConnectionsLifetimesAndDrains() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Stuck.class))) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("netty.eventexecutor.tasks.pending").gauges()).isNotEmpty();
			assertThat(registry.find("netty.allocator.memory.used").gauges()).isNotEmpty();
			assertThat(gauge(registry, ZinxMeters.DRAINING)).isZero();
			try (SocketClient client = ZinxApplication.connect(context)) {
				client.send(7, "");
				await().atMost(Duration.ofSeconds(20)).until(() -> gauge(registry, ZinxMeters.HANDLERS_SLOW) == 1);
				assertThat(registry.get(ZinxMeters.HANDLERS_LONGEST.getName()).timeGauge().value(TimeUnit.SECONDS))
					.isBetween(0.9, 100.0);
				assertThat(gauge(registry, ZinxMeters.CONNECTIONS_PAUSED)).isZero();
				assertThat(gauge(registry, ZinxMeters.OUTBOUND_QUEUED)).isZero();
				assertThat(gauge(registry, ZinxMeters.WORKER_SATURATION)).isZero();
				context.getBean(Stuck.class).release.countDown();
			}
			await().until(() -> gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE) == 0);
			Timer lifetime = registry.get(ZinxMeters.CONNECTIONS_LIFETIME.getName()).timer();
			assertThat(lifetime.count()).isOne();
			assertThat(lifetime.totalTime(TimeUnit.SECONDS)).isBetween(0.9, 100.0);
			assertThat(lifetime.max(TimeUnit.SECONDS)).isBetween(0.9, 100.0);
			context.getBean(ZinxServer.class).drain();
			assertThat(gauge(registry, ZinxMeters.DRAINING)).isOne();
			context.getBean(ZinxServer.class).stop();
			assertThat(registry.find("netty.eventexecutor.tasks.pending").gauges()).isEmpty();
		}
	}

	@Test
	void whatOthersRegisterWhileTheServerStartsStaysWhenItStops() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.config().onMeterAdded((meter) -> {
			if (meter.getId().getName().startsWith("netty.eventexecutor.")) {
				registry.counter("of.somebody.else");
			}
		});
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			ZinxServer server = context.getBean(ZinxServer.class);
			new NettyMeters(server).bindTo(registry);
			server.stop();
			assertThat(registry.find("netty.eventexecutor.tasks.pending").gauges()).isEmpty();
			assertThat(registry.find("of.somebody.else").counter()).isNotNull();
		}
	}

	@Test
	void countsMessagesAndTimesHandlersByNumber() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Failing.class),
				"zinx.metrics.timing=all"); SocketClient client = ZinxApplication.connect(context)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			client.send(1, "a").send(3, "fails").send(2, "unknown").send(1, "b").receive();
			client.receive();
			ZinxMeters handled = ZinxMeters.MESSAGES_HANDLED;
			await().until(() -> counter(registry, handled, "msg.id", "1", "outcome", "success") == 2);
			assertThat(counter(registry, handled, "msg.id", "1", "outcome", "failure")).isZero();
			assertThat(counter(registry, handled, "msg.id", "3", "outcome", "failure")).isOne();
			assertThat(counter(registry, handled, "msg.id", "3", "outcome", "success")).isZero();
			assertThat(counter(registry, handled, "msg.id", "unknown")).as("dropped, so not handled").isZero();
			assertThat(counter(registry, ZinxMeters.MESSAGES_RECEIVED, "msg.id", "1")).isEqualTo(2);
			assertThat(counter(registry, ZinxMeters.DATA_RECEIVED, "msg.id", "3")).isEqualTo(8 + 5);
			assertThat(counter(registry, ZinxMeters.DATA_RECEIVED, "msg.id", "unknown")).isEqualTo(8 + 7);
			assertThat(counter(registry, ZinxMeters.MESSAGES_SENT, "msg.id", "1")).isEqualTo(2);
			assertThat(counter(registry, ZinxMeters.DATA_SENT, "msg.id", "1")).isEqualTo(2 * (8 + 1));
			assertThat(counter(registry, ZinxMeters.MESSAGES_SENT, "msg.id", "unknown")).isZero();
			assertThat(timer(registry, "1", "success").count()).isEqualTo(2);
			assertThat(timer(registry, "1", "success").totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(timer(registry, "1", "failure").count()).isZero();
			assertThat(timer(registry, "3", "failure").count()).isOne();
			assertThat(timer(registry, "3", "success").count()).isZero();
		}
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.metrics.timing=off")) {
			assertThat(context.getBean(MeterRegistry.class).find(ZinxMeters.HANDLER_TIME.getName()).meters()).isEmpty();
		}
	}

	@Test
	void timersOfAllMessagesAreRealOnes() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Failing.class),
				"zinx.metrics.timing=all", "management.metrics.distribution.percentiles[zinx.handler.time]=0.5",
				"management.metrics.distribution.slo.zinx.handler.time=1us,1m",
				"management.metrics.distribution.slo.zinx.queue.wait=1m");
				SocketClient client = ZinxApplication.connect(context)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			client.send(1, "a").send(3, "fails").send(1, "b").receive();
			client.receive();
			await().until(() -> timer(registry, "1", "success").count() == 2);
			HistogramSnapshot times = timer(registry, "1", "success").takeSnapshot();
			assertThat(times.max()).isPositive();
			assertThat(times.percentileValues()).hasSize(1);
			assertThat(times.histogramCounts()).extracting((bucket) -> bucket.count()).last().isEqualTo(2.0);
			assertThat(timer(registry, "3", "failure").max(TimeUnit.NANOSECONDS)).isPositive();
			HistogramSnapshot waits = registry.get(ZinxMeters.QUEUE_WAIT.getName()).timer().takeSnapshot();
			assertThat(waits.count()).isPositive();
			assertThat(waits.histogramCounts()).hasSize(1);
		}
	}

	@Test
	void timersOfSamplesAreSums() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get(ZinxMeters.HANDLER_TIME.getName()).functionTimers()).hasSize(6);
			assertThat(registry.find(ZinxMeters.HANDLER_TIME.getName()).timers()).isEmpty();
			assertThat(registry.find(ZinxMeters.QUEUE_WAIT.getName()).timers()).isEmpty();
		}
	}

	@Test
	void eachRegistryHasTheMetersOfMessages() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.metrics.timing=all");
				SocketClient client = ZinxApplication.connect(context)) {
			SimpleMeterRegistry second = new SimpleMeterRegistry();
			context.getBean(ZinxMeterBinder.class).bindTo(second);
			client.send(1, "a").receive();
			for (MeterRegistry registry : List.of(context.getBean(MeterRegistry.class), second)) {
				await().until(() -> timer(registry, "1", "success").count() == 1);
			}
		}
	}

	@Test
	void aRegistryThatThrowsDoesTheServerNoHarm() {
		SimpleMeterRegistry throwing = new SimpleMeterRegistry() {

			@Override
			protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector detector) {
				return new CumulativeTimer(id, this.clock, config, detector, TimeUnit.SECONDS) {

					@Override
					protected void recordNonNegative(long amount, TimeUnit unit) {
						throw new IllegalStateException("on purpose");
					}

				};
			}

		};
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Failing.class),
				"zinx.metrics.timing=all")) {
			context.getBean(ZinxMeterBinder.class).bindTo(throwing);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			try (SocketClient client = ZinxApplication.connect(context)) {
				client.send(3, "fails");
				assertThat(client.send(1, "b").receive().text()).isEqualTo("b");
			}
			assertThat(counter(registry, ZinxMeters.HANDLER_FAILURES)).isOne();
			await().until(() -> registry.get(ZinxMeters.CONNECTIONS_LIFETIME.getName()).timer().count() == 1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hash", "bind", "event-loop" })
	void countsAnAnswerThatComesLaterWhenItIsDone(String mode) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Later.class),
				"zinx.metrics.timing=all", "zinx.worker-mode=" + mode);
				SocketClient client = ZinxApplication.connect(context)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			BlockingQueue<CompletableFuture<Void>> answers = context.getBean(Later.class).answers;
			client.send(9, "").send(1, "");
			await().until(() -> !answers.isEmpty());
			assertThat(counter(registry, ZinxMeters.MESSAGES_HANDLED, "msg.id", "9")).isZero();
			answers.remove().completeExceptionally(new IllegalStateException("fails later"));
			client.receive();
			assertThat(counter(registry, ZinxMeters.MESSAGES_HANDLED, "msg.id", "9", "outcome", "failure")).isOne();
			assertThat(counter(registry, ZinxMeters.MESSAGES_HANDLED, "msg.id", "9", "outcome", "success")).isZero();
			assertThat(counter(registry, ZinxMeters.HANDLER_FAILURES)).isOne();
			assertThat(timer(registry, "9", "failure").count()).isOne();
			assertThat(timer(registry, "9", "success").count()).isZero();
		}
	}

	@Test
	void showsHowLongMessagesWaitForAWorker() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Blocking.class),
				"zinx.metrics.timing=all", "zinx.worker-pool-size=1");
				SocketClient slow = ZinxApplication.connect(context);
				SocketClient waiting = ZinxApplication.connect(context)) {
			slow.send(5, "");
			await().until(() -> Blocking.begun.getCount() == 0);
			waiting.send(5, "");
			await().until(() -> context.getBean(ZinxServer.class).workerQueueSizes().equals(List.of(1)));
			long seenWaiting = System.nanoTime();
			ZinxApplication.connect(context).close();
			long released = System.nanoTime();
			Blocking.release.countDown();
			waiting.receive();
			Timer wait = context.getBean(MeterRegistry.class).get(ZinxMeters.QUEUE_WAIT.getName()).timer();
			await().until(() -> wait.count() == 2);
			assertThat(wait.totalTime(TimeUnit.NANOSECONDS)).isGreaterThanOrEqualTo((double) (released - seenWaiting));
		}
	}

	@Test
	void countsWhatIsNoFrameAndHeartbeats() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class),
				"zinx.heartbeat.mode=send", "zinx.heartbeat.interval=100ms", "zinx.heartbeat.timeout=2s")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			try (SocketClient client = ZinxApplication.connect(context);
					SocketClient silent = ZinxApplication.connect(context)) {
				client.sendRaw(new byte[] { 0, 0, 0, 1, 127, 0, 0, 0 });
				await().until(() -> counter(registry, ZinxMeters.DECODE_FAILURES, "reason", "frame-too-long") == 1);
				await().until(() -> counter(registry, ZinxMeters.HEARTBEATS_SENT) > 0);
				await().until(() -> counter(registry, ZinxMeters.HEARTBEATS_MISSED) == 1);
				assertThat(silent.localPort()).isPositive();
			}
		}
	}

	@Test
	void of200ClientsExactlyMaxConnStay() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.max-conn=50")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			List<SocketClient> clients = connectAtOnce(context, 200);
			await().until(() -> counter(registry, ZinxMeters.CONNECTIONS_REJECTED, "reason", "max-conn") == 150);
			assertThat(answers(clients)).containsExactly(50, 150);
			assertThat(gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE)).isEqualTo(50);
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_ACCEPTED)).isEqualTo(50);
			clients.forEach(SocketClient::close);
			await().until(() -> gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE) == 0);
			assertThat(counter(registry, ZinxMeters.CONNECTIONS_REJECTED, "reason", "max-conn")).isEqualTo(150);
		}
	}

	private static int[] answers(List<SocketClient> clients) {
		int stay = 0;
		int closed = 0;
		for (SocketClient client : clients) {
			if (answers(client)) {
				stay++;
			}
			else {
				closed++;
			}
		}
		return new int[] { stay, closed };
	}

	private static boolean answers(SocketClient client) {
		try {
			client.send(1, "hello");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
		SocketClient.Received received = client.receiveOrEnd();
		return received != null && received.text().equals("hello");
	}

	private static List<SocketClient> connectAtOnce(ConfigurableApplicationContext context, int count)
			throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(count);
		try {
			List<Future<SocketClient>> connecting = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				connecting.add(executor.submit(() -> {
					go.await();
					return ZinxApplication.connect(context);
				}));
			}
			go.countDown();
			List<SocketClient> clients = new ArrayList<>();
			for (Future<SocketClient> client : connecting) {
				clients.add(client.get(30, TimeUnit.SECONDS));
			}
			return clients;
		}
		finally {
			executor.shutdown();
		}
	}

	private static Timer timer(MeterRegistry registry, String msgId, String outcome) {
		return registry.get(ZinxMeters.HANDLER_TIME.getName()).tags("msg.id", msgId, "outcome", outcome).timer();
	}

	private static double gauge(MeterRegistry registry, ZinxMeters meter) {
		return registry.get(meter.getName()).gauges().stream().mapToDouble(Gauge::value).sum();
	}

	private static double counter(MeterRegistry registry, ZinxMeters meter, String... tags) {
		return registry.get(meter.getName())
			.tags(tags)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

	@ZinxRouter(msgId = 7)
	static class Stuck implements Router {

		private final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void handle(Request request) throws InterruptedException {
			this.release.await();
		}

	}

	@ZinxRouter(msgId = 3)
	static class Failing implements Router {

		@Override
		public void handle(Request request) {
			throw new IllegalStateException("fails");
		}

	}

	@ZinxRouter(msgId = 9)
	static class Later implements Router {

		private final BlockingQueue<CompletableFuture<Void>> answers = new LinkedBlockingQueue<>();

		@Override
		public void handle(Request request) {
			CompletableFuture<Void> answer = new CompletableFuture<>();
			request.answerLater(answer);
			this.answers.add(answer);
		}

	}

	@ZinxRouter(msgId = 5)
	static class Blocking implements Router {

		static final CountDownLatch begun = new CountDownLatch(1);

		static final CountDownLatch release = new CountDownLatch(1);

		@Override
		public void handle(Request request) throws Exception {
			begun.countDown();
			release.await();
			request.reply(5, request.body());
		}

	}

}
