package io.zinx.boot.autoconfigure.health;

import io.zinx.boot.autoconfigure.ClusterProperties;
import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.health.ZinxServerHealthIndicator;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's health indicator.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ ZinxServer.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("zinx")
public final class ZinxHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean(name = { "zinxHealthIndicator", "zinxHealthContributor" })
	ZinxServerHealthIndicator zinxHealthContributor(ZinxServer bean, ObjectProvider<ServerConfig> config,
			ObjectProvider<ZinxCluster> clusters, BeanFactory beanFactory) {
		ZinxServer server = StandIns.of(bean, config);
		ZinxCluster cluster = StandIns.of(clusters.getIfUnique(), server);
		if (!cluster.status().clustered()) {
			return new ZinxServerHealthIndicator(server);
		}
		ClusterProperties properties = beanFactory.getBeanProvider(ClusterProperties.class)
			.getIfAvailable(ClusterProperties::new);
		return new ZinxServerHealthIndicator(server, cluster, properties.getHealth() == ClusterProperties.Health.DOWN);
	}

	/**
	 * Spring Boot refuses health groups that include an indicator that is missing. The
	 * state of a disabled server makes no application unhealthy.
	 */
	@Bean("zinxHealthContributor")
	@ConditionalOnBooleanProperty(name = "zinx.enabled", havingValue = false)
	@ConditionalOnMissingBean(value = ZinxServer.class, name = { "zinxHealthIndicator", "zinxHealthContributor" })
	HealthIndicator disabledZinxHealthContributor() {
		return () -> Health.unknown().withDetail("reason", "disabled").build();
	}

}
