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

	/** Wraps what is sent, {@code null} without WebSocket. */
	private final @Nullable ClientFrames frames;

	private final TlsChannel.Buffers buffers = new TlsChannel.Buffers();

	/**
	 * Create a connector.
	 * @param port where the server listens
	 * @param transport the layers of each connection
	 */
	Connector(int port, Transport transport) {
		this.port = port;
		this.tls = transport.tls();
		this.frames = transport.webSocket() ? new ClientFrames() : null;
	}

	/**
	 * Open a connection, including the handshake of TLS, which resumes no session, and
	 * the one of WebSocket.
	 * @return a connection whose socket blocks
	 */
	ClientChannel connect() throws IOException {
		SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		try {
			socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
			ClientChannel channel = (this.tls != null) ? encrypted(socket, this.tls) : new ClientChannel.Plain(socket);
			return (this.frames != null) ? new WebSocketChannel(channel, this.frames) : channel;
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
