package io.zinx.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.metrics.ClusterMeterBinder;
import io.zinx.cluster.ClusterMember;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of a node of a cluster. An application without a
 * cluster loads none of its classes.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ MeterRegistry.class, ZinxServer.class })
@ConditionalOnBooleanProperty("zinx.cluster.enabled")
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnSingleCandidate(ClusterMember.class)
public final class ZinxClusterMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ClusterMeterBinder zinxClusterMeterBinder(ClusterMember member, ServerConfig config) {
		return new ClusterMeterBinder(member, config.name());
	}

}
