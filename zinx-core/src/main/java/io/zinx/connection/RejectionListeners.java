package io.zinx.connection;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners that are told of rejected clients, in the order added. One that fails
 * does not affect the others. Any thread.
 */
final class RejectionListeners {

	private static final Logger logger = LoggerFactory.getLogger(ConnManager.class);

	private final List<RejectionListener> listeners = new CopyOnWriteArrayList<>();

	void add(RejectionListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Call all listeners.
	 * @param remoteAddress the client's address, or {@code null} if it has already
	 * disconnected
	 * @param reason the reason
	 */
	void tell(@Nullable SocketAddress remoteAddress, RejectReason reason) {
		for (RejectionListener listener : this.listeners) {
			try {
				listener.rejected(remoteAddress, reason);
			}
			catch (Throwable ex) {
				LogThrottle.logSafely(() -> logger.error("Rejection listener {} failed on client {} ({})",
						listener.getClass().getName(), remoteAddress, reason, EscapedException.of(ex)));
			}
		}
	}

}
