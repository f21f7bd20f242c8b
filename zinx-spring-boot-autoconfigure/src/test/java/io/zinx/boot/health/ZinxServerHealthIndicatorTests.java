package io.zinx.boot.health;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.health.ZinxHealthContributorAutoConfiguration;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.lifecycle.StartStop;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

class ZinxServerHealthIndicatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxHealthContributorAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.max-conn=9");

	@Test
	void upWhileClientsCanConnect() {
		this.runner.run((context) -> {
			ZinxServer server = context.getBean(ZinxServer.class);
			try (SocketClient client = SocketClient.connect(server.port())) {
				await().until(() -> server.connManager().size() == 1);
				Health health = health(context.getBean(HealthIndicator.class));
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("port", server.port())
					.containsEntry("connections", 1)
					.containsEntry("maxConn", 9)
					.containsEntry("workerSaturation", 0.0)
					.containsEntry("inboundSaturation", 0.0)
					.containsEntry("outboundSaturation", 0.0)
					.doesNotContainKey("bindError");
				assertThat(client.localPort()).isPositive();
			}
		});
	}

	@Test
	void downWhenStopped() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().build());
		Health health = health(new ZinxServerHealthIndicator(server));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "not started");
	}

	@Test
	void outOfServiceWhileItStops() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().port(0).build());
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Router stuck = (request) -> {
			entered.countDown();
			release.await();
		};
		server.router(1, stuck).start();
		try (SocketClient client = SocketClient.connect(server.port())) {
			client.send(1, "");
			await().until(() -> entered.getCount() == 0);
			Thread stopping = new Thread(server::stop);
			stopping.start();
			await().until(() -> server.state() == StartStop.State.STOPPING);
			Health health = health(new ZinxServerHealthIndicator(server));
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("reason", "stopping");
			release.countDown();
			await().until(() -> !stopping.isAlive());
		}
	}

	@Test
	void tellsWhyItCannotListen() {
		ZinxServer first = new ZinxServer(ServerConfig.builder().host("127.0.0.1").port(0).build());
		first.start();
		ZinxServer second = new ZinxServer(ServerConfig.builder().host("127.0.0.1").port(first.port()).build());
		assertThatException().isThrownBy(second::start);
		Health health = health(new ZinxServerHealthIndicator(second));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).extractingByKey("bindError").asString().contains("127.0.0.1:" + first.port());
		first.stop();
	}

	private static Health health(HealthIndicator indicator) {
		Health health = indicator.health();
		assertThat(health).isNotNull();
		return Objects.requireNonNull(health);
	}

	@Test
	void isOffIfToldSo() {
		this.runner.withPropertyValues("management.health.zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxServerHealthIndicator.class));
		this.runner.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxServerHealthIndicator.class));
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).doesNotHaveBean("zinxHealthContributor"));
	}

	@Test
	void backsOffForTheUsersIndicator() {
		this.runner.withBean("zinxHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class)
				.doesNotHaveBean(ZinxServerHealthIndicator.class));
	}

	@Test
	void aDisabledServerIsUnknownAndBreaksNoHealthGroup() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(), "zinx.enabled=false",
				"management.endpoints.web.exposure.include=health",
				"management.endpoint.health.group.readiness.include=zinx")) {
			Health health = health(context.getBean("zinxHealthContributor", HealthIndicator.class));
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health.getDetails()).containsEntry("reason", "disabled");
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("zinx")).isNotNull();
		}
	}

	@Test
	void isCalledZinx() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of())) {
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("zinx"))
				.isInstanceOf(ZinxServerHealthIndicator.class);
		}
	}

}
