package io.zinx.transport;

import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.link.LinkSettings;
import io.zinx.link.WebSocketSettings;
import org.jspecify.annotations.Nullable;

/**
 * The listening address, sockets and event loops of a server.
 *
 * @param host the address or host name to listen on, {@code 0.0.0.0} for all
 * @param port the port, 1 to 65535, or 0 for any free one; -1 for none, with a Unix
 * domain socket or a port for WebSocket only
 * @param backlog the length of the queue of connections that the kernel has established
 * and the server has not accepted yet, 1 or more
 * @param eventLoops the number of event loops, 1 to 1024; 0 for one for each processor
 * @param nativeTransport whether to use epoll where its native library is available;
 * otherwise NIO is used
 * @param receiveBuffer the size of the kernel's receive buffer of each connection in
 * bytes; 0 for the choice of the kernel
 * @param sendBuffer the size of the kernel's send buffer of each connection in bytes; 0
 * for the choice of the kernel
 * @param inMemory whether to open no port and accept clients in this JVM only, without
 * sockets, for tests; of the parameters above, only {@code eventLoops} has an effect then
 * @param link the stage between sockets and messages; without effect in memory
 * @param unixSocket the Unix domain socket to listen on as well, or alone; {@code null}
 * for none
 */
public record TransportSettings(String host, int port, int backlog, int eventLoops, boolean nativeTransport,
		int receiveBuffer, int sendBuffer, boolean inMemory, LinkSettings link,
		@Nullable UnixSocketSettings unixSocket) {

	/** The defaults: all addresses, port 8999. */
	public static final TransportSettings DEFAULTS = new TransportSettings("0.0.0.0", 8999, 4096, 0, true, 0, 0, false,
			LinkSettings.DEFAULTS, null);

	public TransportSettings {
		Objects.requireNonNull(host, "host");
		Objects.requireNonNull(link, "link");
		if (host.isBlank()) {
			throw new InvalidSettingException("host", "'" + host + "'", "an address or host name, which is not blank");
		}
		requirePort(port, unixSocket != null || hasPort(link.webSocket()));
		if (port > 0 && link.webSocket() != null && link.webSocket().port() == port) {
			throw new InvalidSettingException("websocket.port", port,
					"another port than that of all connections, or websocket.same-port=true instead");
		}
		InvalidSettingException.requireRange("backlog", backlog, 1, Integer.MAX_VALUE);
		InvalidSettingException.requireRange("event-loops", eventLoops, 0, 1024);
		InvalidSettingException.requireBytes("socket.receive-buffer", receiveBuffer, 0, Integer.MAX_VALUE);
		InvalidSettingException.requireBytes("socket.send-buffer", sendBuffer, 0, Integer.MAX_VALUE);
	}

	private static boolean hasPort(@Nullable WebSocketSettings webSocket) {
		return webSocket != null && webSocket.hasPort();
	}

	private static void requirePort(int port, boolean another) {
		if (port == -1 && !another) {
			throw new InvalidSettingException("port", port,
					"0 to 65535, or -1 with unix-socket.path or websocket.port, of which none is set");
		}
		InvalidSettingException.requireRange("port", port, another ? -1 : 0, 65535);
	}

	/**
	 * Return whether there is a port to listen on, besides one for WebSocket only.
	 * @return {@code false} without one, and in memory
	 */
	public boolean hasPort() {
		return this.port >= 0 && !this.inMemory;
	}

	/**
	 * The Unix domain socket that is listened on.
	 * @return the settings; {@code null} if there is none, and in memory
	 */
	public @Nullable UnixSocketSettings effectiveUnixSocket() {
		return this.inMemory ? null : this.unixSocket;
	}

	/**
	 * Return whether connections are encrypted, or may be.
	 * @return whether a port has TLS; {@code false} without a port, and in memory
	 */
	public boolean isEncrypted() {
		return this.link.tls() != null && (hasPort() || hasWebSocketPort());
	}

	/**
	 * Return whether there is a port for WebSocket connections only.
	 * @return {@code false} without one, and in memory
	 */
	public boolean hasWebSocketPort() {
		return hasPort(this.link.webSocket()) && !this.inMemory;
	}

	/**
	 * The stage between sockets and messages.
	 * @return {@link #link()}; the defaults in memory
	 */
	public LinkSettings effectiveLink() {
		return this.inMemory ? LinkSettings.DEFAULTS : this.link;
	}

	/**
	 * The number of event loops.
	 * @return {@link #eventLoops()}, or the number of processors if that is 0
	 */
	public int eventLoopCount() {
		return (this.eventLoops > 0) ? this.eventLoops : Runtime.getRuntime().availableProcessors();
	}

}
