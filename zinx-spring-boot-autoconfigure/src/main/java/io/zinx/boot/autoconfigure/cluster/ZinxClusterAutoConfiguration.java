package io.zinx.boot.autoconfigure.cluster;

import java.util.List;

import io.zinx.boot.autoconfigure.ClusterProperties;
import io.zinx.boot.autoconfigure.ClusterSettingsFactory;
import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.boot.context.ClusterEvents;
import io.zinx.boot.context.ClusterStartException;
import io.zinx.boot.context.ZinxClusterLifecycle;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterListener;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of a server that is a node of a cluster, off unless asked for.
 */
@AutoConfiguration(before = ZinxAutoConfiguration.class)
@ConditionalOnClass(ZinxServer.class)
@ConditionalOnBooleanProperty("zinx.cluster.enabled")
@ConditionalOnBooleanProperty(name = "zinx.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClusterProperties.class)
public final class ZinxClusterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ClusterSettings zinxClusterSettings(ClusterProperties properties, ConfigurableEnvironment environment) {
		return new ClusterSettingsFactory(properties, environment).create();
	}

	@Bean
	@ConditionalOnMissingBean
	ClusterEvents zinxClusterEvents(ConfigurableApplicationContext context, ObjectProvider<ServerConfig> config,
			ObjectProvider<ClusterListener> listeners) {
		return new ClusterEvents(context, () -> listeners.orderedStream().toList(), () -> config.getObject().name());
	}

	/**
	 * The node looks up its backplane, and the name of its server, when it starts, so
	 * that these may depend on it.
	 */
	@Bean
	@ConditionalOnMissingBean(ZinxCluster.class)
	ClusterMember zinxClusterMember(ClusterSettings settings, ObjectProvider<ServerConfig> config,
			ConnManager connManager, ObjectProvider<Backplane> backplane, ClusterEvents events) {
		return new ClusterMember(settings, () -> config.getObject().name(), StandIns.of(connManager, config),
				() -> backplane.getIfAvailable(ZinxClusterAutoConfiguration::noBackplane), List.of(events.listener()));
	}

	private static Backplane noBackplane() {
		throw new ClusterStartException(
				"zinx.cluster.enabled is true, but there is no backplane, by which the nodes of the cluster reach "
						+ "each other: no bean of type " + Backplane.class.getName() + ".",
				"Add the dependency io.zinx:zinx-spring-boot-starter-cluster-redis, which makes one of "
						+ "spring.data.redis.*, or define such a bean.");
	}

	@Bean
	@ConditionalOnSingleCandidate(ClusterMember.class)
	@ConditionalOnMissingBean
	ZinxClusterLifecycle zinxClusterLifecycle(ClusterMember member, ClusterEvents events, ZinxProperties properties) {
		return new ZinxClusterLifecycle(member, events, properties.getPhase());
	}

	@Bean
	static LazyInitializationExcludeFilter zinxClusterLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(ZinxClusterLifecycle.class);
	}

}
