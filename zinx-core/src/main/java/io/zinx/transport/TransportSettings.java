package io.zinx.transport;

import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.link.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and with what.
 *
 * @param host the address or host name to listen on, {@code 0.0.0.0} for all
 * @param port the port, 1 to 65535, or 0 for any free one
 * @param backlog how many connections the kernel keeps that are not yet accepted, 1 or
 * more
 * @param eventLoops how many threads do I/O, 1 to 1024; 0 for one a processor
 * @param nativeTransport whether to use epoll where its native library is there; NIO
 * otherwise
 * @param receiveBuffer the size of the kernel's receive buffer of each connection in
 * bytes, 0 to leave it to the kernel
 * @param sendBuffer the same of the send buffer
 * @param inMemory whether to open no port, and accept clients in this JVM only, whose
 * bytes no socket carries: for tests. Nothing of the above matters then but
 * {@code eventLoops}
 * @param tls how connections are encrypted; {@code null} for plain text
 */
public record TransportSettings(String host, int port, int backlog, int eventLoops, boolean nativeTransport,
		int receiveBuffer, int sendBuffer, boolean inMemory, @Nullable TlsSettings tls) {

	/** All addresses, port 8999. */
	public static final TransportSettings DEFAULTS = new TransportSettings("0.0.0.0", 8999, 4096, 0, true, 0, 0, false,
			null);

	public TransportSettings {
		Objects.requireNonNull(host, "host");
		InvalidSettingException.requireRange("port", port, 0, 65535);
		InvalidSettingException.requireRange("backlog", backlog, 1, Integer.MAX_VALUE);
		InvalidSettingException.requireRange("event-loops", eventLoops, 0, 1024);
		InvalidSettingException.requireRange("socket.receive-buffer", receiveBuffer, 0, Integer.MAX_VALUE);
		InvalidSettingException.requireRange("socket.send-buffer", sendBuffer, 0, Integer.MAX_VALUE);
	}

	/**
	 * Whether connections are encrypted.
	 * @return whether there is TLS; {@code false} in memory
	 */
	public boolean isEncrypted() {
		return this.tls != null && !this.inMemory;
	}

	/**
	 * How many threads do I/O.
	 * @return {@link #eventLoops()}, or one a processor
	 */
	public int eventLoopCount() {
		return (this.eventLoops > 0) ? this.eventLoops : Runtime.getRuntime().availableProcessors();
	}

}
