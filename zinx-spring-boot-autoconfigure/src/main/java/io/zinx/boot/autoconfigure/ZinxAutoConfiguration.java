package io.zinx.boot.autoconfigure;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.payload.PayloadEncoding;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.metrics.ServerMetrics;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of a {@link ZinxServer} that starts and stops with the application.
 * If it is disabled, the beans that are injected to send stay, without any connection.
 */
@AutoConfiguration
@ConditionalOnClass(ZinxServer.class)
@EnableConfigurationProperties(ZinxProperties.class)
@Import(ZinxServerConfiguration.class)
public final class ZinxAutoConfiguration {

	/**
	 * The number of slots is that of the server's configuration, which is made later: a
	 * codec and customizers may depend on this bean.
	 */
	@Bean
	@ConditionalOnMissingBean
	ConnManager zinxConnManager(ObjectProvider<ServerConfig> configs, ZinxProperties properties) {
		return new ConnManager(() -> {
			ServerConfig config = configs.getIfAvailable();
			return (config != null) ? config.maxConn() : properties.getMaxConn();
		}, new ServerMetrics());
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadFormats zinxPayloadFormats(ZinxProperties properties, ObjectProvider<PayloadConverter> converters,
			ConfigurableListableBeanFactory beanFactory) {
		return new PayloadFormats(new PayloadEncoding(properties.getPayload(), properties.getPayloadCharset()),
				converters, beanFactory);
	}

	@Bean
	@ConditionalOnSingleCandidate(ConnManager.class)
	@ConditionalOnMissingBean
	ZinxCluster zinxCluster(ConnManager connManager) {
		return ZinxCluster.ofOneNode(connManager);
	}

	@Bean
	@ConditionalOnSingleCandidate(ConnManager.class)
	@ConditionalOnMissingBean
	ZinxTemplate zinxTemplate(ConnManager connManager, ZinxCluster cluster, PayloadFormats formats) {
		return new ZinxTemplate(connManager, cluster, formats);
	}

	@Bean
	@ConfigurationPropertiesBinding
	static WorkerModeConverter zinxWorkerModeConverter() {
		return new WorkerModeConverter();
	}

}
