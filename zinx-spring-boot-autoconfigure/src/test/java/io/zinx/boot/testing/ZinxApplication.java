package io.zinx.boot.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.zinx.cluster.Backplane;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Runs an application as its {@code main} would, on a free port.
 */
public final class ZinxApplication {

	private ZinxApplication() {
	}

	/**
	 * Run an application without a web server.
	 * @param configuration its configuration
	 * @param properties {@code name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
		return run(List.of(configuration), WebApplicationType.NONE, properties);
	}

	/**
	 * Run an application of several classes with a web server.
	 * @param classes its configuration and components
	 * @param properties {@code name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext runWeb(List<Class<?>> classes, String... properties) {
		return run(classes, WebApplicationType.SERVLET, properties);
	}

	/**
	 * Run an application of several classes without a web server.
	 * @param classes its configuration and components
	 * @param properties {@code name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext run(List<Class<?>> classes, String... properties) {
		return run(classes, WebApplicationType.NONE, properties);
	}

	/**
	 * What turns auto-configuration on, for applications that are started otherwise.
	 * @return a configuration class
	 */
	public static Class<?> autoConfigured() {
		return AutoConfigured.class;
	}

	/**
	 * Run an application without a web server, as a node of a cluster.
	 * @param classes its configuration and components
	 * @param backplane its end of what connects it with the other nodes
	 * @param properties {@code name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext runNode(List<Class<?>> classes, Backplane backplane,
			String... properties) {
		return runNode(application(classes, WebApplicationType.NONE), backplane, properties);
	}

	/**
	 * Run an application with a web server, as a node of a cluster.
	 * @param classes its configuration and components
	 * @param backplane its end of what connects it with the other nodes
	 * @param properties {@code name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext runWebNode(List<Class<?>> classes, Backplane backplane,
			String... properties) {
		return runNode(application(classes, WebApplicationType.SERVLET), backplane, properties);
	}

	private static ConfigurableApplicationContext runNode(SpringApplication application, Backplane backplane,
			String... properties) {
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean("testBackplane",
				Backplane.class, () -> backplane));
		Stream<String> clustered = Stream.of("zinx.cluster.enabled=true", "zinx.cluster.name=test");
		return run(application, Stream.concat(clustered, Stream.of(properties)).toArray(String[]::new));
	}

	private static ConfigurableApplicationContext run(List<Class<?>> classes, WebApplicationType type,
			String... properties) {
		return run(application(classes, type), properties);
	}

	private static SpringApplication application(List<Class<?>> classes, WebApplicationType type) {
		SpringApplication application = new SpringApplication(
				Stream.concat(Stream.of(AutoConfigured.class), classes.stream()).toArray(Class<?>[]::new));
		application.setWebApplicationType(type);
		application
			.setDefaultProperties(Map.of("zinx.port", "0", "server.port", "0", "spring.main.banner-mode", "off"));
		return application;
	}

	private static ConfigurableApplicationContext run(SpringApplication application, String... properties) {
		return application
			.run(Stream.of(properties).map((property) -> "--" + property).toList().toArray(String[]::new));
	}

	/**
	 * Connect to an application's server.
	 * @param context its context
	 * @return a client
	 */
	public static SocketClient connect(ApplicationContext context) {
		return SocketClient.connect(context.getBean(ZinxServer.class).port());
	}

	/**
	 * Answers with what it receives.
	 */
	public static class EchoRouter implements Router {

		@Override
		public void handle(Request request) {
			request.reply(request.msgId(), request.body());
		}

	}

	/**
	 * Without Boot's own connections to Redis, which is not there.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
					"org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration" })
	static class AutoConfigured {

	}

}
