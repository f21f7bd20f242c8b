package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.stream.Stream;

import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.InvalidSettingException;
import io.zinx.boot.context.ConnectionEvents;
import io.zinx.boot.context.ZinxGracefulShutdownLifecycle;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.routing.ChildContextNotes;
import io.zinx.boot.routing.RouteBeans;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouterBeanPostProcessor;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.Goodbye;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.server.ZinxServerBuilder;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * Configuration of the server, its routers and its lifecycle: all that is missing if the
 * server is disabled.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "zinx.enabled", matchIfMissing = true)
class ZinxServerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServerConfigFactory zinxServerConfigFactory(ZinxProperties properties, ConfigurableEnvironment environment,
			ObjectProvider<SslBundles> sslBundles) {
		return new ServerConfigFactory(properties, environment, sslBundles.getIfAvailable());
	}

	/**
	 * Calls the codec and the customizers, which may depend on everything but this bean.
	 */
	@Bean
	@ConditionalOnMissingBean
	ServerConfig zinxServerConfig(ServerConfigFactory factory, ObjectProvider<FrameCodec> codec,
			ObjectProvider<ZinxHeartbeatCustomizer> heartbeatCustomizers,
			ObjectProvider<ZinxServerCustomizer> customizers, ApplicationContext context) {
		Goodbye goodbye = LateGoodbye.in(context);
		ZinxServerCustomizer first = (builder) -> {
			builder.classLoader(context.getClassLoader());
			if (goodbye != null) {
				builder.drain(builder.drain().withGoodbye(goodbye));
			}
		};
		return factory.create(codec.getIfAvailable(), heartbeatCustomizers.orderedStream(),
				Stream.concat(Stream.of(first), customizers.orderedStream()));
	}

	@Bean
	@ConditionalOnMissingBean
	RouteRegistry zinxRouteRegistry() {
		return new RouteRegistry();
	}

	/**
	 * The server looks up its listeners, authenticator and the goodbye when it starts,
	 * and its configuration when that is needed, so that these may depend on it.
	 */
	@Bean
	@ConditionalOnMissingBean
	ZinxServer zinxServer(ObjectProvider<ServerConfig> config, ConnManager connManager, RouteRegistry routes,
			ConnectionEvents events, ListableBeanFactory beans) {
		return ZinxServerBuilder.of(config::getObject)
			.connManager(StandIns.of(connManager, config))
			.routes(routes)
			.authenticator(() -> beans.getBeanProvider(ConnectionAuthenticator.class).getIfAvailable())
			.listeners(() -> {
				// Several of them stop the start.
				beans.getBeanProvider(Goodbye.class).getIfAvailable();
				return events.hooks(beans.getBeanProvider(ConnectionListener.class).orderedStream().toList());
			})
			.build();
	}

	@Bean
	@ConditionalOnMissingBean
	ConnectionEvents zinxConnectionEvents(ConfigurableApplicationContext context, ConnManager connManager,
			ObjectProvider<ServerConfig> config) {
		return new ConnectionEvents(context, connManager, () -> config.getObject().name());
	}

	@Bean
	@ConditionalOnMissingBean
	static ZinxRouterBeanPostProcessor zinxRouterBeanPostProcessor() {
		return new ZinxRouterBeanPostProcessor();
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerMethods zinxHandlerMethods(PayloadFormats formats, ObjectProvider<Validator> validators,
			ConfigurableListableBeanFactory beanFactory) {
		return new HandlerMethods(formats, validators, beanFactory);
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	RouteBeans zinxRouteBeans(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ZinxRouteRegistrar> registrars, ZinxRouterBeanPostProcessor annotatedRouters,
			HandlerMethods handlerMethods) {
		return new RouteBeans(beanFactory, registrars, annotatedRouters, handlerMethods);
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	ZinxServerLifecycle zinxServerLifecycle(ZinxServer server, RouteBeans routes,
			ConfigurableApplicationContext context, ZinxProperties properties) {
		UnusedSwitches.warnAbout(context);
		return new ZinxServerLifecycle(server, routes, context, properties.isAutoStartup(),
				phase(properties, context.getEnvironment()));
	}

	/**
	 * The phase, which leaves room for another one on both sides.
	 */
	private static int phase(ZinxProperties properties, ConfigurableEnvironment environment) {
		try {
			return InvalidSettingException.requireRange("phase", properties.getPhase(), Integer.MIN_VALUE + 1,
					Integer.MAX_VALUE - 1);
		}
		catch (InvalidSettingException ex) {
			throw new TypedProperties(environment).attribute(ex);
		}
	}

	@Bean
	@ConditionalOnSingleCandidate(ZinxServer.class)
	@ConditionalOnMissingBean
	ZinxGracefulShutdownLifecycle zinxGracefulShutdownLifecycle(ZinxServer server, ZinxProperties properties,
			ApplicationContext context) {
		Duration phaseTimeout = Binder.get(context.getEnvironment())
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
		return new ZinxGracefulShutdownLifecycle(server, properties.getShutdown().getMode(), phaseTimeout, context,
				properties.getPhase());
	}

	@Bean
	@ConditionalOnMissingBean
	ChildContextNotes zinxChildContextNotes(ApplicationContext context) {
		return new ChildContextNotes(context);
	}

	@Bean
	static LazyInitializationExcludeFilter zinxLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(RouteBeans.class, ZinxServerLifecycle.class,
				ZinxGracefulShutdownLifecycle.class);
	}

}
