package io.zinx.boot.autoconfigure.cluster;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.redis.RedisBackplane;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConfiguration;

/**
 * Auto-configuration of a backplane through the Redis of {@code spring.data.redis.*}. It
 * has connections of its own and does not change those of the application.
 */
@AutoConfiguration(after = ZinxClusterAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({ ZinxServer.class, RedisBackplane.class, DataRedisConnectionDetails.class,
		RedisConfiguration.class })
@ConditionalOnBooleanProperty("zinx.cluster.enabled")
@ConditionalOnBooleanProperty(name = "zinx.enabled", matchIfMissing = true)
@ConditionalOnBean({ ClusterSettings.class, DataRedisConnectionDetails.class })
public final class ZinxRedisBackplaneAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Backplane.class)
	RedisBackplane zinxRedisBackplane(DataRedisConnectionDetails details, ClusterSettings cluster,
			ObjectProvider<DataRedisProperties> properties, ListableBeanFactory beanFactory) {
		RedisConnection.refuseBeans(beanFactory.getBeanNamesForType(RedisConfiguration.class, true, false));
		RedisConnection connection = new RedisConnection(details, properties.getIfAvailable());
		return new RedisBackplane(connection.settings(cluster));
	}

}
