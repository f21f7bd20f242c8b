package io.zinx.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.zinx.boot.autoconfigure.cluster.ZinxClusterAutoConfiguration;
import io.zinx.boot.autoconfigure.endpoint.ZinxEndpointAutoConfiguration;
import io.zinx.boot.autoconfigure.health.ZinxHealthContributorAutoConfiguration;
import io.zinx.boot.autoconfigure.info.ZinxInfoContributorAutoConfiguration;
import io.zinx.boot.autoconfigure.logging.ZinxLoggingAutoConfiguration;
import io.zinx.boot.autoconfigure.metrics.ZinxMetricsAutoConfiguration;
import io.zinx.boot.autoconfigure.observation.ZinxObservationAutoConfiguration;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.health.ZinxServerHealthIndicator;
import io.zinx.boot.info.ZinxInfoContributor;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.metrics.ZinxMeterBinder;
import io.zinx.boot.metrics.ZinxMeters;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests of applications replace beans by mocks.
 */
class MockedBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxClusterAutoConfiguration.class,
				ZinxMetricsAutoConfiguration.class, ZinxEndpointAutoConfiguration.class,
				ZinxHealthContributorAutoConfiguration.class, ZinxInfoContributorAutoConfiguration.class,
				ZinxLoggingAutoConfiguration.class, ZinxObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(ObservationRegistry.class, ObservationRegistry::create)
		.withBean(InProcessBackplane.class)
		.withBean(Echo.class)
		.withPropertyValues("zinx.port=0", "zinx.event-loops=1", "zinx.name=game", "zinx.cluster.name=games",
				"zinx.logging.mdc=true", "zinx.observation.enabled=true",
				"management.endpoints.web.exposure.include=zinx");

	@ParameterizedTest
	@ValueSource(classes = { ConnManager.class, ZinxServer.class, ZinxTemplate.class, ZinxCluster.class })
	void mayBeMocks(Class<?> type) {
		for (boolean clustered : new boolean[] { false, true }) {
			mocked(this.runner.withPropertyValues("zinx.cluster.enabled=" + clustered), type)
				.run((context) -> showsAServer(context, type));
		}
	}

	private static <T> ApplicationContextRunner mocked(ApplicationContextRunner runner, Class<T> type) {
		return runner.withBean(type, () -> mock(type));
	}

	private static void showsAServer(AssertableApplicationContext context, Class<?> mocked) {
		assertThat(context).hasNotFailed().hasSingleBean(mocked);
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		context.getBean(ZinxMeterBinder.class).bindTo(registry);
		assertThat(registry.get(ZinxMeters.CONNECTIONS_ACTIVE.getName())
			.tags("server", "game", "transport", "tcp")
			.gauge()
			.value()).isZero();
		assertThat(registry.getMeters()).hasSizeGreaterThan(50);
		boolean running = mocked != ZinxServer.class;
		assertThat(context.getBean(ZinxEndpoint.class).server(null, null, null, null, null, null, null).state())
			.isEqualTo(running ? "running" : "stopped");
		assertThat(context.getBean(ZinxServerHealthIndicator.class).health().getDetails()).containsEntry("maxConn",
				12000);
		Info.Builder info = new Info.Builder();
		context.getBean(ZinxInfoContributor.class).contribute(info);
		assertThat(info.build().getDetails()).containsKey("zinx");
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

}
