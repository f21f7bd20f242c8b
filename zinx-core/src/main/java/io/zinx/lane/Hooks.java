package io.zinx.lane;

import java.util.List;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the connection listeners, with their exceptions logged.
 */
final class Hooks {

	private static final Logger logger = LoggerFactory.getLogger(Hooks.class);

	private final List<ConnectionListener> listeners;

	/** The task to run after each call. */
	private final Runnable called;

	private final LogThrottle failed = new LogThrottle(10, System::nanoTime);

	/**
	 * Create the calls of listeners.
	 * @param listeners the listeners, in order
	 * @param called run after each call of each of them, on its thread
	 */
	Hooks(List<ConnectionListener> listeners, Runnable called) {
		this.listeners = List.copyOf(listeners);
		this.called = called;
	}

	boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	void onStart(Connection connection) {
		for (ConnectionListener listener : this.listeners) {
			try {
				listener.onStart(connection);
			}
			catch (Throwable ex) {
				connection.close(CloseReason.INTERNAL_ERROR);
				log("onStart", listener, connection, ex);
			}
			finally {
				this.called.run();
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
				log("onStop", listener, connection, ex);
			}
			finally {
				this.called.run();
			}
		}
	}

	void onWritabilityChanged(Connection connection, boolean writable) {
		for (ConnectionListener listener : this.listeners) {
			try {
				listener.onWritabilityChanged(connection, writable);
			}
			catch (Throwable ex) {
				log("onWritabilityChanged", listener, connection, ex);
			}
			finally {
				this.called.run();
			}
		}
	}

	private void log(String hook, ConnectionListener listener, Connection connection, Throwable ex) {
		this.failed
			.log((withheld) -> logger.error("Listener {} failed in {} of {}{} ({} more since the last such line)",
					listener.getClass().getName(), hook, connection, hook.equals("onStart") ? ", which is closed" : "",
					withheld, EscapedException.of(ex)));
	}

}
