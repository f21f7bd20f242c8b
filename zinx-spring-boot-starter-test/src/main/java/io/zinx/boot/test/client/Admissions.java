package io.zinx.boot.test.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;

import org.springframework.core.Ordered;

/**
 * Finds the server's side of test clients: hears of all connections, and remembers those
 * that a client waits for. Any thread.
 */
public final class Admissions implements ConnectionListener, Ordered {

	private final Map<Object, Admission> expected = new ConcurrentHashMap<>();

	/**
	 * Before all other listeners, which may close the connection.
	 */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	Admission expect(SocketAddress client) {
		return this.expected.computeIfAbsent(key(client), (key) -> new Admission());
	}

	void forget(SocketAddress client) {
		this.expected.remove(key(client));
	}

	@Override
	public void onStart(Connection connection) {
		Admission admission = this.expected.get(key(connection.remoteAddress()));
		if (admission == null) {
			return;
		}
		admission.connection().complete(connection);
		if (!connection.execute(() -> admission.started().complete(connection))) {
			admission.started().complete(connection);
		}
	}

	/**
	 * A client that is bound to all addresses and the server see different addresses of
	 * it, but the same port.
	 */
	private static Object key(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getPort() : address;
	}

	/**
	 * What is known of one client's admission.
	 *
	 * @param connection completes when it is admitted
	 * @param started completes when {@code onStart} of all listeners has returned
	 */
	record Admission(CompletableFuture<Connection> connection, CompletableFuture<Connection> started) {

		Admission() {
			this(new CompletableFuture<>(), new CompletableFuture<>());
		}

	}

}
