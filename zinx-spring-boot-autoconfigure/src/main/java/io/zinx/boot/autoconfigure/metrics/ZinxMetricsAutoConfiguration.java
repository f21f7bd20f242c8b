package io.zinx.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.metrics.ZinxMeterBinder;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's meters.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ MeterRegistry.class, ZinxServer.class })
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ZinxMeterBinder zinxMeterBinder(ZinxServer server, ObjectProvider<ServerConfig> config) {
		return new ZinxMeterBinder(StandIns.of(server, config));
	}

}
