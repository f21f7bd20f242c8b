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
 * Finds the server's side of test clients: observes all connections, and keeps those that
 * a client waits for. Any thread.
 */
public final class Admissions implements ConnectionListener, Ordered {

	private final Map<Object, Admission> expected = new ConcurrentHashMap<>();

	/**
	 * Return the highest precedence, because other listeners may close the connection.
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
	 * Return the port of an address, if it has one: a client that is bound to all
	 * addresses knows another address of itself than the server, but the same port.
	 */
	private static Object key(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getPort() : address;
	}

	/**
	 * The admission of one client.
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
