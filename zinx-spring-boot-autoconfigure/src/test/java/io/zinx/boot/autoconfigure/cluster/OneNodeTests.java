package io.zinx.boot.autoconfigure.cluster;

import java.util.concurrent.CompletableFuture;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.settings.ZinxSettingsAutoConfiguration;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.PushState;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application without a cluster.
 */
@ExtendWith(OutputCaptureExtension.class)
class OneNodeTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxClusterAutoConfiguration.class,
				ZinxSettingsAutoConfiguration.class))
		.withPropertyValues("zinx.port=0");

	@Test
	void isAClusterOfOne() {
		this.runner.run((context) -> {
			ZinxCluster cluster = context.getBean(ZinxCluster.class);
			assertThat(cluster.status().clustered()).isFalse();
			assertThat(cluster.nodes()).singleElement().matches((node) -> node.self());
			assertThat(context).doesNotHaveBean(ClusterMember.class).doesNotHaveBean(Backplane.class);
		});
	}

	@Test
	void answersTheSameCalls() {
		this.runner.run((context) -> {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			assertThat(template.cluster().sendToKey("nobody", 1, "x").toCompletableFuture())
				.isCompletedWithValueMatching((result) -> result.state() == PushState.NO_RECEIVER);
			CompletableFuture<Boolean> online = context.getBean(ZinxCluster.class)
				.isOnline("nobody")
				.toCompletableFuture();
			assertThat(online).isCompletedWithValue(false);
		});
	}

	@Test
	void backsOffForTheUsersCluster() {
		ZinxCluster cluster = ZinxCluster.ofOneNode(new ConnManager(1));
		this.runner.withBean("mine", ZinxCluster.class, () -> cluster)
			.run((context) -> assertThat(context.getBean(ZinxCluster.class)).isSameAs(cluster));
	}

	@Test
	void propertiesOfAClusterAreNotIgnoredInSilence(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.cluster.name=chat", "zinx.cluster.node-id=one")
			.run((context) -> assertThat(output)
				.containsPattern("WARN.*The property zinx.cluster.name .* has no effect")
				.containsPattern("WARN.*The property zinx.cluster.node-id .* it needs zinx.cluster.enabled=true"));
	}

	@Test
	void aClusterThatIsNotPartOfTheApplicationIsNotMissedInSilence(CapturedOutput output) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxSettingsAutoConfiguration.class))
			.withPropertyValues("zinx.port=0", "zinx.cluster.enabled=true")
			.run((context) -> assertThat(output).contains("WARN", "zinx.cluster.enabled has no effect",
					"it was off when the application was processed ahead of time"));
	}

	@Test
	void whatIsSwitchedOffIsNotSpokenOf(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.cluster.name=chat", "zinx.cluster.enabled=false")
			.run((context) -> assertThat(output).doesNotContain("zinx.cluster"));
		this.runner.run((context) -> assertThat(output).doesNotContain("zinx.cluster"));
	}

}
