package io.zinx.boot.autoconfigure.cluster;

import java.util.List;

import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.InProcessBackplane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class ClusterStartFailureTests {

	@Test
	void clusterWithoutABackplane(CapturedOutput output) {
		fails(Empty.class, "zinx.cluster.name=chat");
		assertThat(FailureAnalysis.last(output)).contains("zinx.cluster.enabled is true, but there is no backplane",
				"io.zinx:zinx-spring-boot-starter-cluster-redis");
	}

	@Test
	void clusterWithoutAName(CapturedOutput output) {
		fails(Plugged.class);
		assertThat(FailureAnalysis.last(output)).contains(
				"neither zinx.cluster.name nor spring.application.name is set",
				"would receive the messages of each other", "Set zinx.cluster.name");
	}

	@Test
	void settingsOutOfRange(CapturedOutput output) {
		for (String property : List.of("zinx.cluster.heartbeat-interval=1ms", "zinx.cluster.node-timeout=1s",
				"zinx.cluster.publish-timeout=0s", "zinx.cluster.max-pending=1B", "zinx.cluster.max-inbound=0B")) {
			fails(Plugged.class, "zinx.cluster.name=chat", property);
			String[] parts = property.split("=", 2);
			assertThat(FailureAnalysis.last(output))
				.contains("Invalid value '" + parts[1] + "' for configuration property '" + parts[0] + "'");
		}
	}

	@Test
	void nameOfTheApplicationThatIsTooLong(CapturedOutput output) {
		fails(Plugged.class, "spring.application.name=" + "x".repeat(101), "zinx.name=chat");
		assertThat(FailureAnalysis.last(output)).contains(
				"zinx.cluster.name is not set, and that of spring.application.name",
				"Set zinx.cluster.name. It should be 1 to 100 characters");
	}

	@Test
	void defaultThatConflictsWithAnotherSetting(CapturedOutput output) {
		fails(Plugged.class, "zinx.cluster.name=chat", "zinx.cluster.heartbeat-interval=30s");
		assertThat(FailureAnalysis.last(output)).contains(
				"The property zinx.cluster.node-timeout is not set, and its default",
				"more than zinx.cluster.heartbeat-interval, 30s");
	}

	@Test
	void healthThatThereIsNot(CapturedOutput output) {
		fails(Plugged.class, "zinx.cluster.name=chat", "zinx.cluster.health=sideways");
		assertThat(FailureAnalysis.last(output)).contains("zinx.cluster.health", "\"sideways\"", "up", "down");
	}

	private static void fails(Class<?> configuration, String... properties) {
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 1, properties.length);
		all[0] = "zinx.cluster.enabled=true";
		assertThatException().isThrownBy(() -> ZinxApplication.run(configuration, all).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class Plugged {

		@Bean
		InProcessBackplane backplane() {
			return new InProcessBackplane();
		}

	}

}
