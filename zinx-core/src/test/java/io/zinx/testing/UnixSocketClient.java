package io.zinx.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

import io.zinx.testing.SocketClient.Received;
import org.jspecify.annotations.Nullable;

/**
 * A client on a plain Unix domain socket that speaks TLV by hand, without any code of the
 * framework.
 */
public final class UnixSocketClient implements AutoCloseable {

	/** Little, so that what is sent to who does not read stays in the kernel. */
	private static final int READ_AHEAD = 1024;

	private final SocketChannel channel;

	private final DataInputStream in;

	private UnixSocketClient(SocketChannel channel) {
		this.channel = channel;
		this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), READ_AHEAD));
	}

	/**
	 * Connect to a socket.
	 * @param path its path
	 * @return the client
	 */
	public static UnixSocketClient connect(Path path) {
		try {
			return new UnixSocketClient(SocketChannel.open(UnixDomainSocketAddress.of(path)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect from a socket that has a path of its own.
	 * @param own the path
	 * @param path the path of the server's socket
	 * @return the client
	 */
	public static UnixSocketClient connect(Path own, Path path) {
		try {
			SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
			channel.bind(UnixDomainSocketAddress.of(own)).connect(UnixDomainSocketAddress.of(path));
			return new UnixSocketClient(channel);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send a message.
	 * @param msgId the message number
	 * @param text the body, in UTF-8
	 * @return this client
	 */
	public UnixSocketClient send(long msgId, String text) {
		return sendRaw(SocketClient.frame(msgId, text));
	}

	/**
	 * Send bytes as they are.
	 * @param bytes the bytes
	 * @return this client
	 */
	public UnixSocketClient sendRaw(byte[] bytes) {
		try {
			ByteBuffer rest = ByteBuffer.wrap(bytes);
			while (rest.hasRemaining()) {
				this.channel.write(rest);
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the next message.
	 * @return the message
	 */
	public Received receive() {
		Received received = receiveOrEnd();
		if (received == null) {
			throw new AssertionError("The server closed the connection");
		}
		return received;
	}

	/**
	 * Read the next message, or the end.
	 * @return the message, or {@code null} if the server has closed the connection
	 */
	public @Nullable Received receiveOrEnd() {
		try {
			long msgId = Integer.toUnsignedLong(this.in.readInt());
			byte[] body = new byte[this.in.readInt()];
			this.in.readFully(body);
			return new Received(msgId, body);
		}
		catch (EOFException ex) {
			return null;
		}
		catch (IOException ex) {
			if (String.valueOf(ex.getMessage()).contains("reset")) {
				return null;
			}
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read until the server closes the connection; fails if it sends a message.
	 */
	public void awaitClose() {
		Received received = receiveOrEnd();
		if (received != null) {
			throw new AssertionError("Expected the end, received " + received);
		}
	}

	/**
	 * Say that nothing more will be sent; reading goes on.
	 * @return this client
	 */
	public UnixSocketClient shutdownOutput() {
		try {
			this.channel.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
