package io.zinx.boot.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

	private static ConfigurableApplicationContext run(List<Class<?>> classes, WebApplicationType type,
			String... properties) {
		SpringApplication application = new SpringApplication(
				Stream.concat(Stream.of(AutoConfigured.class), classes.stream()).toArray(Class<?>[]::new));
		application.setWebApplicationType(type);
		application
			.setDefaultProperties(Map.of("zinx.port", "0", "server.port", "0", "spring.main.banner-mode", "off"));
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

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

}
