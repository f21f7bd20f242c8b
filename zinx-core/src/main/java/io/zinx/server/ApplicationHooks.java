package io.zinx.server;

import java.util.List;
import java.util.function.LongSupplier;

import io.zinx.authentication.AuthenticatorCalls;
import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.LinkMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The application's code that a run of a server calls for connections, besides routers.
 *
 * @param listeners the listeners of connections, in order
 * @param authenticator the authenticator; {@code null} for none
 */
record ApplicationHooks(List<ConnectionListener> listeners, @Nullable ConnectionAuthenticator authenticator) {

	/** No code. */
	static final ApplicationHooks NONE = new ApplicationHooks(List.of(), null);

	/**
	 * The calls of the authenticator.
	 * @return {@code null} if there is none
	 */
	@Nullable AuthenticatorCalls authenticatorCalls(ServerConfig config, LinkMetrics metrics, LongSupplier nanoTime) {
		return (this.authenticator != null) ? new AuthenticatorCalls(this.authenticator,
				config.transport().link().authentication(), ServerRun.threads(config), metrics, nanoTime) : null;
	}

}
