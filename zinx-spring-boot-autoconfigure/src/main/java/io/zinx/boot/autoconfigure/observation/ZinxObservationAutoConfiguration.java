package io.zinx.boot.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.observation.ZinxObservationCarrier;
import io.zinx.boot.observation.ZinxObservationInterceptor;
import io.zinx.boot.observation.ZinxServerObservationConvention;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Routes;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of observations, off unless asked for.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ ObservationRegistry.class, ZinxServer.class })
@ConditionalOnBooleanProperty(name = "zinx.observation.enabled")
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxObservationAutoConfiguration {

	/**
	 * The routes are asked for with the first message, when they are fixed.
	 */
	@Bean
	@ConditionalOnMissingBean
	ZinxObservationInterceptor zinxObservationInterceptor(ZinxServer server, ObjectProvider<ServerConfig> config,
			ObservationRegistry registry, RouteRegistry routes, ObjectProvider<ZinxObservationCarrier> carrier,
			ObjectProvider<ZinxServerObservationConvention> convention) {
		SingletonSupplier<Routes> fixed = SingletonSupplier.of(routes::snapshot);
		return new ZinxObservationInterceptor(StandIns.of(server, config).config().name(), registry,
				(msgId) -> fixed.obtain().find(msgId) != null,
				carrier.getIfAvailable(() -> ZinxObservationCarrier.NONE), convention.getIfAvailable());
	}

}
