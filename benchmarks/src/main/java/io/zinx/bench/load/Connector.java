package io.zinx.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of a load to a port of 127.0.0.1. One thread.
 */
final class Connector {

	private final int port;

	private final @Nullable SSLContext tls;

	private final TlsChannel.Buffers buffers = new TlsChannel.Buffers();

	/**
	 * Create a connector.
	 * @param port where the server listens
	 * @param tls the context of the client, {@code null} for plain text
	 */
	Connector(int port, @Nullable SSLContext tls) {
		this.port = port;
		this.tls = tls;
	}

	/**
	 * Open a connection, with TLS including its handshake, which resumes no session.
	 * @return a connection whose socket blocks
	 */
	ClientChannel connect() throws IOException {
		SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		try {
			socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
			return (this.tls != null) ? encrypted(socket, this.tls) : new ClientChannel.Plain(socket);
		}
		catch (Throwable ex) {
			socket.close();
			throw ex;
		}
	}

	private ClientChannel encrypted(SocketChannel socket, SSLContext context) throws IOException {
		SSLEngine engine = context.createSSLEngine();
		engine.setUseClientMode(true);
		return new TlsChannel(socket, engine, this.buffers);
	}

}
