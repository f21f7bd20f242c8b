package io.zinx.boot.autoconfigure.cluster;

import java.time.Duration;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.context.ZinxClusterLifecycle;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ZinxClusterAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxClusterAutoConfiguration.class))
		.withBean(Backplane.class, InProcessBackplane::new)
		.withPropertyValues("zinx.port=0", "zinx.cluster.enabled=true", "spring.application.name=chat");

	@Test
	void theServerIsANode() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ZinxCluster.class)
				.hasSingleBean(ClusterMember.class)
				.hasSingleBean(ZinxTemplate.class);
			assertThat(context.getBean(ZinxClusterLifecycle.class).isRunning()).isTrue();
			assertThat(context.getBean(ZinxCluster.class).status().name()).isEqualTo("chat");
			assertThat(context.getBean(ZinxCluster.class).nodeId()).matches("[0-9a-f]{12}");
		});
	}

	@Test
	void theNodeStartsBeforeTheServer() {
		assertThat(ZinxClusterLifecycle.PHASE).isLessThan(ZinxServerLifecycle.PHASE);
	}

	@Test
	void theNodeStartsBeforeTheServerInWhateverPhase() {
		for (int phase : new int[] { 0, Integer.MIN_VALUE + 1, Integer.MAX_VALUE - 1 }) {
			this.runner.withPropertyValues("zinx.phase=" + phase)
				.run((context) -> assertThat(context.getBean(ZinxClusterLifecycle.class).getPhase()).isLessThan(phase));
		}
	}

	@Test
	void everyPropertyReachesTheNode() {
		this.runner.withPropertyValues("zinx.cluster.name=games", "zinx.cluster.node-id=one",
				"zinx.cluster.heartbeat-interval=2s", "zinx.cluster.node-timeout=7s",
				"zinx.cluster.publish-timeout=200ms", "zinx.cluster.max-pending=1MB", "zinx.cluster.max-inbound=2MB")
			.run((context) -> assertThat(context.getBean(ClusterSettings.class)).isEqualTo(new ClusterSettings("games",
					"one", Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofMillis(200), 1 << 20, 2 << 20)));
	}

	@Test
	void defaultsAreThoseOfCore() {
		this.runner.withPropertyValues("zinx.cluster.node-id=one")
			.run((context) -> assertThat(context.getBean(ClusterSettings.class)).usingRecursiveComparison()
				.ignoringFields("nodeId")
				.isEqualTo(ClusterSettings.of("chat")));
	}

	@Test
	void isOffIfToldSo() {
		this.runner.withPropertyValues("zinx.cluster.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ClusterMember.class)
				.hasSingleBean(ZinxCluster.class));
		this.runner.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ClusterMember.class)
				.hasSingleBean(ZinxCluster.class));
	}

	@Test
	void backsOffForTheUsersCluster() {
		ZinxCluster cluster = ZinxCluster.ofOneNode(new ConnManager(1));
		this.runner.withBean("mine", ZinxCluster.class, () -> cluster)
			.run((context) -> assertThat(context).hasSingleBean(ZinxCluster.class)
				.doesNotHaveBean(ClusterMember.class)
				.doesNotHaveBean(ZinxClusterLifecycle.class));
	}

	@Test
	void startsAlsoWhereBeansAreLazy() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(ZinxCluster.class).status().connected()).isTrue());
	}

}
