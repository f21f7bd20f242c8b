package io.zinx.boot.metrics;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.testing.UnpluggedBackplane;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.InProcessBackplane;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClusterMeterBinderTests {

	@Test
	void aNodeShowsItsPlaceInTheCluster() {
		InProcessBackplane backplane = new InProcessBackplane();
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(), backplane,
				"zinx.cluster.heartbeat-interval=100ms", "zinx.name=game");
				ConfigurableApplicationContext other = ZinxApplication.runNode(List.of(), backplane.anotherEnd(),
						"zinx.name=game")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().until(() -> gauge(registry, "zinx.cluster.nodes") == 2);
			await().until(() -> gauge(registry, "zinx.cluster.lag") > 0);
			assertThat(gauge(registry, "zinx.cluster.connected")).isOne();
			assertThat(gauge(registry, "zinx.cluster.subscriptions")).isPositive();
			assertThat(other.isActive()).isTrue();
		}
	}

	@Test
	void pushesAreCountedByState() {
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(), new InProcessBackplane(),
				"zinx.name=game")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			await().until(() -> gauge(registry, "zinx.cluster.connected") == 1);
			context.getBean(ZinxTemplate.class).sendToKey("nobody", 1, "x");
			await().until(() -> pushes(registry, "no-receiver") == 1);
			assertThat(pushes(registry, "sent")).isZero();
		}
	}

	@Test
	void aNodeWithoutItsBackplaneShowsThat() {
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(), new UnpluggedBackplane(),
				"zinx.name=game")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ZinxTemplate.class).sendToKey("nobody", 1, "x");
			assertThat(gauge(registry, "zinx.cluster.connected")).isZero();
			assertThat(gauge(registry, "zinx.cluster.lag")).isNaN();
			assertThat(pushes(registry, "unavailable")).isOne();
		}
	}

	@Test
	void withoutAClusterThereAreNone() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of())) {
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.noneMatch((meter) -> meter.getId().getName().startsWith("zinx.cluster"));
		}
	}

	private static double gauge(MeterRegistry registry, String name) {
		return registry.get(name).tag("server", "game").gauge().value();
	}

	private static double pushes(MeterRegistry registry, String state) {
		return registry.get("zinx.cluster.pushes").tags("server", "game", "state", state).functionCounter().count();
	}

}
