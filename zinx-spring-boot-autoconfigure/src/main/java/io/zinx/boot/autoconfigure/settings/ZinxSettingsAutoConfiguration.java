package io.zinx.boot.autoconfigure.settings;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of the warnings about settings that do not exist, have no effect or
 * mean something else than they seem to.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass(ZinxServer.class)
@ConditionalOnBooleanProperty(name = "zinx.enabled", matchIfMissing = true)
@ConditionalOnBean(ZinxProperties.class)
public final class ZinxSettingsAutoConfiguration {

	@Bean
	static SpellingCheck zinxSpellingCheck(ConfigurableEnvironment environment) {
		return new SpellingCheck(environment);
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	EffectCheck zinxEffectCheck(ZinxServer server, ZinxProperties properties, ObjectProvider<ZinxCluster> clusters,
			ConfigurableEnvironment environment, ListableBeanFactory beanFactory) {
		return new EffectCheck(server, properties, clusters, environment, beanFactory);
	}

}
