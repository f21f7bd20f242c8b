package io.zinx.boot.info;

import java.util.Map;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.info.ZinxInfoContributorAutoConfiguration;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ZinxInfoContributorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxInfoContributorAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.name=game");

	@Test
	void tellsWhatTheServerIs() {
		this.runner.run((context) -> {
			Info.Builder builder = new Info.Builder();
			context.getBean(ZinxInfoContributor.class).contribute(builder);
			assertThat((Map<?, ?>) builder.build().get("zinx", Map.class))
				.extracting("name", "port", "codec", "workerMode", "maxConn")
				.containsExactly("game", context.getBean(ZinxServer.class).port(), "tlv", "hash", 12000);
		});
	}

	@Test
	void isOffIfToldSo() {
		this.runner.withPropertyValues("management.info.zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxInfoContributor.class));
		this.runner.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxInfoContributor.class));
		this.runner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).doesNotHaveBean("zinxInfoContributor"));
	}

}
