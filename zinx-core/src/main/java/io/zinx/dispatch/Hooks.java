package io.zinx.dispatch;

import java.util.List;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listeners and survives what they throw.
 */
final class Hooks {

	private static final Logger logger = LoggerFactory.getLogger(Hooks.class);

	private final List<ConnectionListener> listeners;

	Hooks(List<ConnectionListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	void onStart(ChannelConnection connection) {
		for (ConnectionListener listener : this.listeners) {
			try {
				listener.onStart(connection);
			}
			catch (Throwable ex) {
				connection.close(CloseReason.INTERNAL_ERROR);
				LogThrottle
					.logSafely(() -> logger.error("Listener {} failed in onStart of {}, which is closed therefore",
							name(listener), connection, ex));
			}
		}
	}

	void onStop(Connection connection) {
		CloseReason reason = connection.closeReason();
		for (ConnectionListener listener : this.listeners) {
			try {
				listener.onStop(connection, (reason != null) ? reason : CloseReason.PEER_CLOSED);
			}
			catch (Throwable ex) {
				LogThrottle.logSafely(
						() -> logger.error("Listener {} failed in onStop of {}", name(listener), connection, ex));
			}
		}
	}

	void onWritabilityChanged(Connection connection, boolean writable) {
		for (ConnectionListener listener : this.listeners) {
			try {
				listener.onWritabilityChanged(connection, writable);
			}
			catch (Throwable ex) {
				LogThrottle.logSafely(() -> logger.error("Listener {} failed in onWritabilityChanged of {}",
						name(listener), connection, ex));
			}
		}
	}

	private static String name(ConnectionListener listener) {
		return listener.getClass().getName();
	}

}
