package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.stream.Stream;

import io.zinx.boot.context.ConnectionEvents;
import io.zinx.boot.context.ZinxGracefulShutdownLifecycle;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.routing.RouteBeans;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouterBeanPostProcessor;
import io.zinx.cluster.ZinxCluster;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.Goodbye;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * Auto-configuration of a {@link ZinxServer} that starts and stops with the application.
 */
@AutoConfiguration
@ConditionalOnClass(ZinxServer.class)
@ConditionalOnBooleanProperty(name = "zinx.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZinxProperties.class)
public final class ZinxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServerConfigFactory zinxServerConfigFactory(ZinxProperties properties, ConfigurableEnvironment environment,
			ObjectProvider<SslBundles> sslBundles) {
		return new ServerConfigFactory(properties, environment, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ServerConfig zinxServerConfig(ServerConfigFactory factory, ObjectProvider<FrameCodec> codec,
			ObjectProvider<ZinxHeartbeatCustomizer> heartbeatCustomizers, ObjectProvider<Goodbye> goodbye,
			ObjectProvider<ZinxServerCustomizer> customizers, ApplicationContext context) {
		Goodbye bean = goodbye.getIfAvailable();
		ZinxServerCustomizer first = (builder) -> {
			builder.classLoader(context.getClassLoader());
			if (bean != null) {
				builder.drain(builder.drain().withGoodbye(bean));
			}
		};
		return factory.create(codec.getIfAvailable(), heartbeatCustomizers.orderedStream(),
				Stream.concat(Stream.of(first), customizers.orderedStream()));
	}

	@Bean
	@ConditionalOnMissingBean
	ConnManager zinxConnManager(ServerConfig config) {
		return new ConnManager(config.maxConn());
	}

	@Bean
	@ConditionalOnMissingBean
	RouteRegistry zinxRouteRegistry() {
		return new RouteRegistry();
	}

	/**
	 * The server looks up its listeners when it starts, so that they may depend on it.
	 */
	@Bean
	@ConditionalOnMissingBean
	ZinxServer zinxServer(ServerConfig config, ConnManager connManager, RouteRegistry routes,
			ObjectProvider<ConnectionListener> listeners, ConnectionEvents events) {
		return new ZinxServer(config, connManager, routes, () -> events.hooks(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	ConnectionEvents zinxConnectionEvents(ConfigurableApplicationContext context, ConnManager connManager,
			ServerConfig config) {
		return new ConnectionEvents(context, connManager, config.name());
	}

	@Bean
	@ConditionalOnMissingBean
	static ZinxRouterBeanPostProcessor zinxRouterBeanPostProcessor() {
		return new ZinxRouterBeanPostProcessor();
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadFormats zinxPayloadFormats(ZinxProperties properties, ObjectProvider<PayloadConverter> converters,
			ConfigurableListableBeanFactory beanFactory) {
		return new PayloadFormats(properties.getPayload(), converters, beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerMethods zinxHandlerMethods(PayloadFormats formats, ObjectProvider<Validator> validators,
			ConfigurableListableBeanFactory beanFactory) {
		return new HandlerMethods(formats, validators, beanFactory);
	}

	@Bean
	@ConditionalOnSingleCandidate(ConnManager.class)
	@ConditionalOnMissingBean
	ZinxCluster zinxCluster(ConnManager connManager, ConfigurableEnvironment environment) {
		UnusedClusterProperties.warnAbout(environment);
		return ZinxCluster.ofOneNode(connManager);
	}

	@Bean
	@ConditionalOnSingleCandidate(ConnManager.class)
	@ConditionalOnMissingBean
	ZinxTemplate zinxTemplate(ConnManager connManager, ZinxCluster cluster, PayloadFormats formats) {
		return new ZinxTemplate(connManager, cluster, formats);
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	ZinxServerLifecycle zinxServerLifecycle(ZinxServer server, ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ZinxRouteRegistrar> registrars, ZinxRouterBeanPostProcessor annotatedRouters,
			HandlerMethods handlerMethods, ApplicationEventPublisher publisher) {
		RouteBeans routes = new RouteBeans(beanFactory, registrars, annotatedRouters, handlerMethods);
		return new ZinxServerLifecycle(server, routes, publisher);
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	ZinxGracefulShutdownLifecycle zinxGracefulShutdownLifecycle(ZinxServer server, ZinxProperties properties,
			ApplicationContext context) {
		Duration phaseTimeout = Binder.get(context.getEnvironment())
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		return new ZinxGracefulShutdownLifecycle(server, properties.getShutdown().getMode(), phaseTimeout, context);
	}

	@Bean
	@ConfigurationPropertiesBinding
	static WorkerModeConverter zinxWorkerModeConverter() {
		return new WorkerModeConverter();
	}

	@Bean
	static LazyInitializationExcludeFilter zinxLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(ZinxServerLifecycle.class,
				ZinxGracefulShutdownLifecycle.class);
	}

}
