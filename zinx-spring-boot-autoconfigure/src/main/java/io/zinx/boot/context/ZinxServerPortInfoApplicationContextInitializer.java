package io.zinx.boot.context;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Sets the property {@value #PROPERTY} to the port that the server listens on, and
 * {@value #WEB_SOCKET_PROPERTY} to that for WebSocket connections only, in the
 * environments of its context and of the parent contexts. A server in memory has no port
 * and sets none.
 */
public final class ZinxServerPortInfoApplicationContextInitializer
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The name of the property. */
	public static final String PROPERTY = "local.zinx.server.port";

	/** The name of the property for the port of WebSocket connections only. */
	public static final String WEB_SOCKET_PROPERTY = "local.zinx.websocket.port";

	private static final String SOURCE = "server.ports";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.addApplicationListener(new Listener(context));
	}

	private static void setPort(@Nullable ApplicationContext context, String property, int port) {
		if (context == null || port <= 0) {
			return;
		}
		if (context.getEnvironment() instanceof ConfigurableEnvironment environment) {
			setPort(environment.getPropertySources(), property, port);
		}
		setPort(context.getParent(), property, port);
	}

	@SuppressWarnings("unchecked")
	private static void setPort(MutablePropertySources sources, String property, int port) {
		PropertySource<?> source = sources.get(SOURCE);
		if (source == null) {
			source = new MapPropertySource(SOURCE, new HashMap<>());
			sources.addFirst(source);
		}
		((Map<String, Object>) source.getSource()).put(property, port);
	}

	private record Listener(ApplicationContext context) implements ApplicationListener<ZinxServerStartedEvent> {

		@Override
		public void onApplicationEvent(ZinxServerStartedEvent event) {
			setPort(this.context, PROPERTY, event.port());
			setPort(this.context, WEB_SOCKET_PROPERTY, event.webSocketPort());
		}

	}

}
