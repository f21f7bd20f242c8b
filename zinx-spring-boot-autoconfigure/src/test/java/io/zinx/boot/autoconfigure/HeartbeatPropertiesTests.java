package io.zinx.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.server.ServerConfig;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import io.zinx.testing.SocketClient.Received;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class))
		.withPropertyValues("zinx.port=0");

	@Test
	void isOffUnlessSet() {
		this.runner.run((context) -> {
			ServerConfig config = context.getBean(ServerConfig.class);
			assertThat(config.heartbeat().mode()).isEqualTo(HeartbeatMode.OFF);
			assertThat(config.idle()).isEqualTo(IdleSettings.OFF);
			assertThat(config.receive()).isEqualTo(ReceiveTimeouts.OFF);
		});
	}

	@Test
	void everyPropertyReachesTheServer() {
		this.runner
			.withPropertyValues("zinx.heartbeat.mode=check-only", "zinx.heartbeat.interval=7s",
					"zinx.heartbeat.timeout=20s", "zinx.heartbeat.msg-id=4294967295", "zinx.heartbeat.jitter=0.25",
					"zinx.idle.read-timeout=1m", "zinx.idle.write-timeout=2m", "zinx.idle.all-timeout=3m",
					"zinx.receive.first-message-timeout=20s", "zinx.receive.frame-timeout=30s")
			.run((context) -> {
				ServerConfig config = context.getBean(ServerConfig.class);
				HeartbeatSettings heartbeat = config.heartbeat();
				assertThat(heartbeat.mode()).isEqualTo(HeartbeatMode.CHECK_ONLY);
				assertThat(heartbeat.interval()).hasSeconds(7);
				assertThat(heartbeat.timeout()).hasSeconds(20);
				assertThat(heartbeat.msgId()).isEqualTo(0xFFFF_FFFFL);
				assertThat(heartbeat.jitter()).isEqualTo(0.25);
				assertThat(config.idle())
					.isEqualTo(new IdleSettings(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(3)));
				assertThat(config.receive())
					.isEqualTo(new ReceiveTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30)));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "send", "check-only", "reply" })
	void everyModeIsChosenByItsOwnName(String mode) {
		this.runner.withPropertyValues("zinx.heartbeat.mode=" + mode)
			.run((context) -> assertThat(context.getBean(ServerConfig.class).heartbeat().mode()).hasToString(mode));
	}

	@Test
	void offIsOffInYamlTooWhereItReadsAsFalse() {
		Map<String, Object> yaml = Map.of("zinx.heartbeat.mode", false);
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("yaml", yaml)))
			.run((context) -> assertThat(context.getBean(ServerConfig.class).heartbeat().mode())
				.isEqualTo(HeartbeatMode.OFF));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.heartbeat.interval=0s", "zinx.heartbeat.timeout=-1s", "zinx.heartbeat.msg-id=-1",
			"zinx.heartbeat.jitter=0.6", "zinx.idle.read-timeout=-1s", "zinx.idle.write-timeout=-1s",
			"zinx.idle.all-timeout=-1s", "zinx.receive.first-message-timeout=-1s", "zinx.receive.frame-timeout=-1s",
			"zinx.heartbeat.msg-id=256;zinx.codec=htlv-crc;zinx.heartbeat.mode=send",
			"zinx.heartbeat.text=12345;zinx.codec=fixed;zinx.fixed.length=4;zinx.heartbeat.mode=reply" })
	void whatCannotBeIsRefusedByTheNameOfTheProperty(String properties) {
		String[] all = properties.split(";");
		String[] bad = all[0].split("=", 2);
		this.runner.withPropertyValues(all)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(bad[0]);
					assertThat(ex.getValue()).hasToString(bad[1]);
				}));
	}

	@Test
	void aBodyMadeByCodeIsNotMeasuredAtTheStart() {
		this.runner.withUserConfiguration(Bodies.class)
			.withPropertyValues("zinx.heartbeat.mode=send", "zinx.codec=fixed", "zinx.fixed.length=4")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void customizersAreCalledInOrderAfterTheProperties() {
		this.runner.withUserConfiguration(Customizers.class)
			.withPropertyValues("zinx.heartbeat.mode=reply", "zinx.heartbeat.interval=3s", "zinx.heartbeat.timeout=4s")
			.run((context) -> {
				HeartbeatSettings heartbeat = context.getBean(ServerConfig.class).heartbeat();
				assertThat(heartbeat.mode()).isEqualTo(HeartbeatMode.REPLY);
				assertThat(heartbeat.interval()).hasSeconds(3);
				assertThat(heartbeat.timeout()).hasSeconds(200);
			});
	}

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "autoconfigure",
				"HeartbeatPropertiesTests.java");
		assertThat(Guide.examples("heartbeat.md")).hasSize(2).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void theExampleOfTheGuideSendsAndDecides() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Heartbeats.class, "zinx.heartbeat.mode=send",
				"zinx.heartbeat.interval=100ms", "zinx.heartbeat.timeout=500ms");
				SocketClient client = ZinxApplication.connect(context)) {
			Received beat = client.receive();
			assertThat(beat.msgId()).isEqualTo(99999);
			assertThat(beat.text()).isEqualTo("alive, connection 1");
			Connection connection = context.getBean(ConnManager.class).get(1);
			assertThat(connection).isNotNull();
			Awaitility.await().until(() -> connection.property("away") != null);
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void theExampleByCodeBuilds() {
		assertThat(byCode().heartbeat().mode()).isEqualTo(HeartbeatMode.CHECK_ONLY);
		assertThat(byCode().idle().readTimeout()).isEqualTo(Duration.ofMinutes(5));
	}

	private static ServerConfig byCode() {
		ServerConfig config = ServerConfig.builder()
			.heartbeat(HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).timeout(Duration.ofSeconds(30)).build())
			.idle(new IdleSettings(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO))
			.receive(new ReceiveTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30)))
			.build();
		return config;
	}

	@Configuration(proxyBeanMethods = false)
	static class Heartbeats {

		@Bean
		ZinxHeartbeatCustomizer heartbeat() {
			return (heartbeat) -> heartbeat
				.body((connection) -> ("alive, connection " + connection.connId()).getBytes(StandardCharsets.UTF_8))
				.onRemoteNotAlive((connection) -> connection.setProperty("away", true));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Bodies {

		@Bean
		ZinxHeartbeatCustomizer bodies() {
			return (heartbeat) -> heartbeat.body((connection) -> new byte[4]);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		ZinxHeartbeatCustomizer second() {
			return (heartbeat) -> heartbeat.timeout(Duration.ofSeconds(200));
		}

		@Bean
		@Order(1)
		ZinxHeartbeatCustomizer first() {
			return (heartbeat) -> heartbeat.timeout(Duration.ofSeconds(100));
		}

	}

}
