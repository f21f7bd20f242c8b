package io.zinx.boot.metrics;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.metrics.ZinxMetricsAutoConfiguration;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionAcceptor;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
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
			assertThat(counter(registry, ZinxMeters.MESSAGES_UNKNOWN)).isOne();
			assertThat(counter(registry, ZinxMeters.HANDLER_FAILURES)).isOne();
			assertThat(counter(registry, ZinxMeters.BYTES_RECEIVED)).isEqualTo(4 * 8 + 5 + 7 + 5);
			assertThat(counter(registry, ZinxMeters.BYTES_SENT)).isEqualTo(2 * 8 + 5);
			assertThat(gauge(registry, ZinxMeters.WORKER_QUEUE_SIZE)).isZero();
		}
	}

	@Test
	void everyMeterIsDocumentedAndNoTagIsOfAClient() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class);
				SocketClient client = ZinxApplication.connect(context)) {
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
		List<String> reasons = new ArrayList<>(List.of(ConnectionAcceptor.MAX_CONN, ConnectionAcceptor.STOPPING));
		List.of(CloseReason.values()).forEach((reason) -> reasons.add(reason.tag()));
		for (Tag tag : meter.getId().getTags()) {
			assertThat(tag.getKey()).isEqualTo("reason");
			assertThat(reasons).contains(tag.getValue());
		}
		assertThat(meter.getId().getTags()).hasSize(documented.getKeyNames().length);
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

	private static double gauge(MeterRegistry registry, ZinxMeters meter) {
		return registry.get(meter.getName()).gauge().value();
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

	@ZinxRouter(msgId = 3)
	static class Failing implements Router {

		@Override
		public void handle(Request request) {
			throw new IllegalStateException("fails");
		}

	}

}
