package io.zinx.boot.autoconfigure.settings;

import java.util.Set;

import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.boot.autoconfigure.ZinxProperties.Codec;
import io.zinx.codec.FrameCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.link.LinkSettings;
import io.zinx.routing.Execution;
import io.zinx.server.Goodbye;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The choices on which it depends whether a setting has an effect.
 *
 * @param properties the properties
 * @param config the configuration of the server, which code may have changed
 * @param executions the threads that routes ask for
 * @param codecBean whether there is a bean that replaces the codec of the properties
 * @param goodbyeBean whether there is a bean that makes last messages
 * @param authenticatorBean whether a bean of the application decides who may connect
 * @param clustered whether the server is a node of a cluster
 * @param binder reads what the user has typed
 */
record Situation(ZinxProperties properties, ServerConfig config, Set<Execution> executions, boolean codecBean,
		boolean goodbyeBean, boolean authenticatorBean, boolean clustered, Binder binder) {

	static Situation of(ZinxServer server, ZinxProperties properties, ConfigurableEnvironment environment,
			ListableBeanFactory beanFactory, boolean clustered) {
		return new Situation(properties, server.config(), server.routes().snapshot().executions(),
				has(beanFactory, FrameCodec.class), has(beanFactory, Goodbye.class),
				has(beanFactory, ConnectionAuthenticator.class), clustered, Binder.get(environment));
	}

	private static boolean has(ListableBeanFactory beanFactory, Class<?> type) {
		return beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

	boolean hasCodec(Codec codec) {
		return this.properties.getCodec() == codec;
	}

	/**
	 * The stage between sockets and messages.
	 */
	LinkSettings link() {
		return this.config.transport().effectiveLink();
	}

	boolean hasMode(HeartbeatMode mode) {
		return this.config.heartbeat().mode() == mode;
	}

	/**
	 * True if some messages are handled on threads of a kind.
	 */
	boolean uses(WorkerMode mode, Execution execution) {
		return this.config.workers().mode() == mode || this.executions.contains(execution);
	}

	/**
	 * True if the user has typed a value for a property.
	 */
	boolean isTyped(String property) {
		return this.binder.bind(property, String.class).map((value) -> !value.isBlank()).orElse(false);
	}

	boolean isTrue(String property) {
		return this.binder.bind(property, Boolean.class).orElse(false);
	}

	boolean is(String property, String value) {
		return this.binder.bind(property, String.class)
			.map((typed) -> typed.replaceAll("[^A-Za-z]", "").equalsIgnoreCase(value.replace("-", "")))
			.orElse(false);
	}

}
