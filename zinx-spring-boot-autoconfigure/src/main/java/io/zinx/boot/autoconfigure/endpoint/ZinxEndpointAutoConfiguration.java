package io.zinx.boot.autoconfigure.endpoint;

import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.endpoint.DisabledZinxEndpoint;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.endpoint.ZinxEndpointWebExtension;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code zinx}.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ ZinxServer.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ZinxEndpoint.class)
@EnableConfigurationProperties(ZinxEndpointProperties.class)
public final class ZinxEndpointAutoConfiguration {

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	ZinxEndpoint zinxEndpoint(ZinxServer server, ObjectProvider<ServerConfig> config,
			ObjectProvider<ZinxCluster> clusters, ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		ZinxServer shown = StandIns.of(server, config);
		return new ZinxEndpoint(shown, StandIns.of(clusters.getIfUnique(), shown),
				new Sanitizer(sanitizingFunctions.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnBean(ZinxEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = ZinxEndpoint.class, exposure = EndpointExposure.WEB)
	ZinxEndpointWebExtension zinxEndpointWebExtension(ZinxEndpoint endpoint, ZinxEndpointProperties properties) {
		return new ZinxEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "zinx.enabled", havingValue = false)
	@ConditionalOnMissingBean({ ZinxServer.class, ZinxEndpoint.class })
	DisabledZinxEndpoint disabledZinxEndpoint() {
		return new DisabledZinxEndpoint();
	}

}
