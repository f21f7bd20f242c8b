package io.zinx.boot.autoconfigure.health;

import io.zinx.boot.autoconfigure.ClusterProperties;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.health.ZinxServerHealthIndicator;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's health indicator.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ ZinxServer.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnSingleCandidate(ZinxServer.class)
@ConditionalOnEnabledHealthIndicator("zinx")
public final class ZinxHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "zinxHealthIndicator", "zinxHealthContributor" })
	ZinxServerHealthIndicator zinxHealthContributor(ZinxServer server, ObjectProvider<ZinxCluster> clusters,
			BeanFactory beanFactory) {
		ZinxCluster cluster = clusters.getIfUnique();
		if (cluster == null || !cluster.status().clustered()) {
			return new ZinxServerHealthIndicator(server);
		}
		ClusterProperties properties = beanFactory.getBeanProvider(ClusterProperties.class)
			.getIfAvailable(ClusterProperties::new);
		return new ZinxServerHealthIndicator(server, cluster, properties.getHealth() == ClusterProperties.Health.DOWN);
	}

}
